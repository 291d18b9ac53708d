namespace Cairn.Knowledge;

/// <summary>How long passages are, in words.</summary>
public sealed record ChunkerOptions
{
    /// <summary>Passages of a longer section are about this long, all alike.</summary>
    public int TargetWords { get; init; } = 130;

    /// <summary>A section up to this length stays one passage; a longer sentence is cut between words.</summary>
    public int MaxWords { get; init; } = 170;
}
