using Cairn.Models;

namespace Cairn.Apps;

/// <summary>Reads the <c>for</c> of a budget or a limit.</summary>
internal static class Scopes
{
    /// <param name="more">Kinds that the caller of this reads itself.</param>
    public static CallScope? Read(Fields fields, bool each, params string[] more)
    {
        if (fields.Text("for") is not { } text)
            return null;
        if (CallScope.Parse(text) is not { } scope)
        {
            var kind = text.Split(':')[0];
            var rest = text[kind.Length..];
            var near = Nearest.To(kind, rest.Length > 1 ? [.. CallScope.Kinds, .. more] : [Subject.Everyone]);
            fields.Problem(
                "for", $"'{text}' is nobody's; write everyone, user:NAME, group:NAME, key:ID{(more.Length == 0 ? " or app:NAME" : ", app:NAME or provider:NAME")}", near is null ? null : near + rest);
            return null;
        }
        if (each && !scope.HasMany)
            fields.Problem("each", $"'{text}' is one caller already; 'each' belongs to everyone, group:NAME or app:NAME");
        return scope;
    }
}
