namespace Cairn.Learning;

/// <summary>One candidate of a search and its scores on the folds.</summary>
public sealed record SearchResult<TOptions>(TOptions Options, IReadOnlyList<double> Scores)
{
    public double Mean => Scores.Average();
}
