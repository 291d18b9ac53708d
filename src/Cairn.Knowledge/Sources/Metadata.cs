using System.Collections.Immutable;
using System.Globalization;

namespace Cairn.Knowledge;

/// <summary>What ingestion reads out of a document's own metadata.</summary>
internal static class Metadata
{
    /// <summary>Of front matter, HTML meta tags, and the properties of DOCX and PDF; when it was changed before when it was made.</summary>
    private static readonly string[] ChangedNames =
    [
        "changed", "updated", "modified", "last_updated", "lastupdated", "article:modified_time", "dcterms.modified", "last-modified",
        "moddate",
        "date", "article:published_time", "dcterms.date", "dc.date", "dcterms.created", "created", "creationdate",
    ];

    /// <summary>What programs write that know no date, or want two runs to make the same bytes.</summary>
    private static readonly DateTimeOffset[] Placeholders =
        [DateTimeOffset.UnixEpoch, new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)];

    /// <summary>A date without an offset is meant as UTC.</summary>
    public static DateTimeOffset? Changed(ImmutableDictionary<string, string> metadata)
    {
        foreach (var name in ChangedNames)
        {
            if (metadata.TryGetValue(name, out var text)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var changed)
                && !Placeholders.Contains(changed))
                return changed;
        }
        return null;
    }

    public static string? Supersedes(ImmutableDictionary<string, string> metadata)
        => metadata.TryGetValue("supersedes", out var older) && !string.IsNullOrWhiteSpace(older) ? older.Trim() : null;

    /// <summary>The first word of the file's own access that is none of the known forms.</summary>
    public static string? InvalidSubject(AccessList? access)
        => access is null ? null : access.Allow.Concat(access.Deny).FirstOrDefault(s => !Subject.IsValid(s));

    public static string TitleOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return dot > 0 ? name[..dot] : name;
    }
}
