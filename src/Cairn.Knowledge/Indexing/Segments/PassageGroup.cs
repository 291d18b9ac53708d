namespace Cairn.Knowledge;

/// <summary>
/// What decides whether a caller sees a passage. A segment keeps the passages of a group side by side, so a caller's view is a few
/// ranges, and the statistics of a view are sums over groups.
/// </summary>
internal sealed record PassageGroup(string Tenant, string Source, AccessSet Access, bool Superseded) : IComparable<PassageGroup>
{
    public static PassageGroup Of(string tenant, Passage passage) => new(tenant, passage.Source, passage.Access, passage.Superseded);

    public int CompareTo(PassageGroup? other)
    {
        if (other is null)
            return 1;
        var order = string.CompareOrdinal(Tenant, other.Tenant);
        order = order != 0 ? order : string.CompareOrdinal(Source, other.Source);
        order = order != 0 ? order : string.CompareOrdinal(Access.Key, other.Access.Key);
        return order != 0 ? order : Superseded.CompareTo(other.Superseded);
    }
}
