namespace Cairn.Knowledge;

/// <summary>Documents, passages and words of a group or of all a caller sees.</summary>
internal readonly record struct GroupStatistics(int Documents, int Passages, long Words)
{
    public static GroupStatistics operator +(GroupStatistics a, GroupStatistics b)
        => new(a.Documents + b.Documents, a.Passages + b.Passages, a.Words + b.Words);
}
