namespace Cairn.Models;

/// <summary>
/// Finds the entry of one catalogue file that is meant: an exact name before a family, a longer family before a shorter, a named place
/// before <c>*</c>.
/// </summary>
internal sealed class CatalogEntries(IReadOnlyList<CatalogEntry> entries)
{
    public ModelFacts? Find(string provider, string? host, string model)
        => (from entry in entries
            from name in entry.Names
            let rank = Rank(name, provider, host, model)
            where rank > 0
            orderby rank descending
            select entry.Facts).FirstOrDefault();

    /// <returns>0 when the name does not cover the model; otherwise the more, the closer.</returns>
    private static int Rank(string name, string provider, string? host, string model)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var where = name.AsSpan(0, slash);
        var family = name.AsSpan(slash + 1);
        var place = where.SequenceEqual(provider) ? 3
            : host is not null && where.Equals(host, StringComparison.OrdinalIgnoreCase) ? 2
            : where is "*" ? 1
            : 0;
        var closeness = family.SequenceEqual(model) ? 1_000_000
            : family.EndsWith("*") && model.AsSpan().StartsWith(family[..^1], StringComparison.Ordinal) ? family.Length
            : 0;
        return place == 0 || closeness == 0 ? 0 : closeness * 4 + place;
    }
}
