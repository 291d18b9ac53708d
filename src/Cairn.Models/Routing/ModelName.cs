namespace Cairn.Models;

/// <summary><c>provider/model</c>; the model's own name may contain slashes and colons.</summary>
public sealed record ModelName(string Provider, string Model)
{
    private const int Longest = 200;

    /// <returns>null when the text has no provider or no model, or more than 200 characters.</returns>
    public static ModelName? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1 && text.Length <= Longest ? new(text[..slash], text[(slash + 1)..]) : null;
    }

    /// <summary>A caller's name for a model, as a message quotes it: cut where no model's is as long.</summary>
    public static string Quoted(string text)
        => text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] + "…";

    public override string ToString() => $"{Provider}/{Model}";
}
