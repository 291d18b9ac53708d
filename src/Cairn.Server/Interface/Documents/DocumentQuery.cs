using System.Globalization;

namespace Cairn.Server;

/// <summary>What the list of documents shows, as it stands in the address.</summary>
internal sealed record DocumentQuery(string? Text, string? Source, string? Status, int Page)
{
    public string Url() => At(Page);

    public string At(int page)
    {
        var parts = new List<string>();
        Add(parts, "q", Text);
        Add(parts, "source", Source);
        Add(parts, "status", Status);
        if (page > 1)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"page={page}"));
        return parts.Count == 0 ? "/documents" : "/documents?" + string.Join('&', parts);
    }

    private static void Add(List<string> parts, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            parts.Add($"{name}={Uri.EscapeDataString(value)}");
    }
}
