namespace Cairn.Apps.Tests;

/// <summary>Passages of a made-up harbour, as retrieval would give them.</summary>
internal static class Papers
{
    public const string Mooring = "Ships over 150 m book a berth four days ahead. Ships under 100 m book one day ahead. During storms the harbour master may shorten it.";
    public const string Tariff = "The berth fee is 1,500 EUR per day. Waiting at anchor costs nothing.";

    public static Passage Passage(
        string document, string text, int start = 0, string? title = null, bool superseded = false, int? page = null,
        string source = "harbour", DateTimeOffset? changed = null) => new()
    {
        Id = document.GetHashCode(StringComparison.Ordinal) + start,
        Document = document,
        Version = 1,
        Source = source,
        Path = document + ".md",
        Title = title ?? document,
        HeadingPath = "",
        Page = page,
        Start = start,
        End = start + text.Length,
        Text = text,
        Access = AccessSet.Everyone,
        Changed = changed ?? new DateTimeOffset(2025, 12, 1, 0, 0, 0, TimeSpan.Zero),
        Superseded = superseded,
    };

    public static Retrieval Retrieval(params Passage[] passages) => new()
    {
        Passages = [.. passages.Select((p, i) => new RetrievedPassage(p, 10 - i, []))],
        DocumentsVisible = 84,
        PassagesVisible = 900,
        Terms = [new QueryTerm("Where", "where", 0, 0), new QueryTerm("berth", "berth", 3, 0.6),
            new QueryTerm("zeppelin", "zeppelin", 0, 0.4)],
    };
}
