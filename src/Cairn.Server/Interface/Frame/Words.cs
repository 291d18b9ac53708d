using System.Globalization;

namespace Cairn.Server;

/// <summary>Figures with their units, as the interface writes them.</summary>
internal static class Words
{
    public static string Count(int n, string one, string many)
        => string.Create(CultureInfo.InvariantCulture, $"{n:N0} {(n == 1 ? one : many)}");

    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };

    public static string Duration(double milliseconds) => milliseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{(milliseconds < 10 ? Math.Round(milliseconds, 1) : Math.Round(milliseconds))} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s");

    public static string Cost(decimal usd) => usd == 0 ? "no cost" : string.Create(CultureInfo.InvariantCulture, $"${usd:0.####}");

    /// <summary>Who may read, in words: <c>everyone</c>, <c>legal, management</c>, <c>only the owner</c>.</summary>
    public static string Readers(AccessSet access)
    {
        var layers = access.Layers.Select(l => l.Allow.IsEmpty
            ? "only the owner"
            : string.Join(", ", l.Allow.Select(Name)) + (l.Deny.IsEmpty ? "" : $" except {string.Join(", ", l.Deny.Select(Name))}"))
            .Distinct().ToList();
        if (layers.Count > 1)
            layers.Remove("everyone");
        return layers.Count == 0 ? "only the owner" : string.Join("; of these ", layers);
    }

    private static string Name(string subject)
        => subject.Contains(':', StringComparison.Ordinal) ? subject[(subject.IndexOf(':', StringComparison.Ordinal) + 1)..] : subject;
}
