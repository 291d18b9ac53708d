using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>How one field was spread in training.</summary>
/// <param name="Edges">Of a number: bins end at these, the last one has no end.</param>
/// <param name="Names">Of a category: a bin each; the rest share a last bin.</param>
/// <param name="Shares">Of the rows that have a value, by bin.</param>
/// <param name="Missing">The share of rows without a value.</param>
/// <param name="All">Hash codes of every category that was there, ascending, so that a new one is known.</param>
public sealed record FieldProfile(
    string Name, FeatureKind Kind, ImmutableArray<double> Edges, ImmutableArray<string> Names, ImmutableArray<double> Shares,
    double Missing, ImmutableArray<long> All)
{
    public int Bins => Shares.Length;

    /// <summary>Whether the category was there in training.</summary>
    internal bool Has(string name) => All.BinarySearch(DataProfile.HashOf(name)) >= 0;
}
