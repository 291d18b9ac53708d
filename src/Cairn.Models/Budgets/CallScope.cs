namespace Cairn.Models;

/// <summary>
/// Which calls a budget or a limit counts: <c>everyone</c>, <c>user:NAME</c>, <c>group:NAME</c>, <c>key:ID</c>, <c>app:NAME</c>.
/// </summary>
public sealed record CallScope
{
    public static IReadOnlyList<string> Kinds { get; } = ["user", "group", "key", "app"];

    private readonly string _kind;
    private readonly string _name;

    private CallScope(string text, string kind, string name) => (Text, _kind, _name) = (text, kind, name);

    /// <summary>Every call, those of visitors included.</summary>
    public static CallScope Everyone { get; } = new(Subject.Everyone, Subject.Everyone, "");

    public string Text { get; }

    /// <summary>Whether the calls of more than one caller can count, so that counting them apart has a meaning.</summary>
    public bool HasMany => _kind is Subject.Everyone or "group" or "app";

    /// <returns>null when the text has none of the forms.</returns>
    public static CallScope? Parse(string text)
    {
        if (text == Subject.Everyone)
            return Everyone;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < text.Length - 1 && Kinds.Contains(text[..colon]) && !text.Any(char.IsWhiteSpace)
            ? new(text, text[..colon], text[(colon + 1)..])
            : null;
    }

    public bool Covers(CallOrigin origin) => _kind switch
    {
        "user" => origin.Caller.User == _name,
        "group" => origin.Caller.Groups.Contains(_name),
        "key" => origin.Key == _name,
        "app" => origin.App == _name,
        _ => true,
    };

    public override string ToString() => Text;
}
