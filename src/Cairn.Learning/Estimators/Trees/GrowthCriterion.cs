namespace Cairn.Learning;

/// <summary>What a tree's questions make purer: sums of a node's rows by bin, and the best cut between bins.</summary>
internal abstract class GrowthCriterion
{
    /// <summary>Values of a node.</summary>
    public abstract int Outputs { get; }

    /// <summary>Takes a node's rows as the current ones; their weight, and whether they are all alike.</summary>
    public abstract (double Rows, bool IsPure) Enter(ReadOnlySpan<int> rows);

    /// <summary>The values of the current node.</summary>
    public abstract void Values(Span<double> values);

    /// <summary>The best question about one column for the current rows. Its gain is -1 where the column has one value only.</summary>
    public abstract GrownSplit Find(byte[] bins, ReadOnlySpan<int> rows, int minRows);
}
