using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>How one field was spread in rows that were predicted.</summary>
/// <param name="Bins">Those of the field's profile.</param>
/// <param name="New">Rows with a category that was not there in training.</param>
/// <param name="NewNames">Some of those categories.</param>
public sealed record FieldCounts(ImmutableArray<long> Bins, long Missing, long New, ImmutableArray<string> NewNames)
{
    private const int MostNames = 10;

    internal FieldCounts Plus(FieldCounts other) => new(
        [.. Bins.Zip(other.Bins, (a, b) => a + b)], Missing + other.Missing, New + other.New,
        [.. NewNames.Concat(other.NewNames).Distinct(StringComparer.Ordinal).Take(MostNames)]);
}
