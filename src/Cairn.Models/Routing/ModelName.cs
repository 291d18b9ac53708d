namespace Cairn.Models;

/// <summary><c>provider/model</c>; the model's own name may contain slashes and colons.</summary>
public sealed record ModelName(string Provider, string Model)
{
    /// <returns>null when the text has no provider or no model.</returns>
    public static ModelName? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1 ? new(text[..slash], text[(slash + 1)..]) : null;
    }

    public override string ToString() => $"{Provider}/{Model}";
}
