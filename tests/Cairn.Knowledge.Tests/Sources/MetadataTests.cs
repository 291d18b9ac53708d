using System.Collections.Immutable;

namespace Cairn.Knowledge.Tests;

public sealed class MetadataTests
{
    [Theory]
    [InlineData("2026-02-01", "date", "2026-02-01")]
    [InlineData("2026-03-05", "moddate", "2026-03-05T08:30:00Z", "creationdate", "2025-01-01T10:00:00Z")]
    [InlineData("2025-06-01", "dcterms.created", "2025-06-01", "creator", "Legal")]
    [InlineData("2026-01-02", "article:modified_time", "2026-01-02T01:00:00+01:00", "article:published_time", "2024-01-01")]
    [InlineData("2024-05-06", "modified", "last spring", "created", "2024-05-06")]
    // Dates that programs write that know none.
    [InlineData(null, "moddate", "2000-01-01T00:00:00Z", "creationdate", "1970-01-01T00:00:00Z")]
    [InlineData(null, "author", "2026-01-01")]
    public void A_document_changed_when_its_own_metadata_says_so(string? expected, params string[] metadata)
        => Assert.Equal(expected,
            Metadata.Changed(metadata.Chunk(2).ToImmutableDictionary(p => p[0], p => p[1]))?.ToString("yyyy-MM-dd",
                System.Globalization.CultureInfo.InvariantCulture));
}
