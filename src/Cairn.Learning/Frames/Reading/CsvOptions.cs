using System.Collections.Immutable;

namespace Cairn.Learning;

/// <summary>How a file of separated values is written. What is left out is found by looking at its first lines.</summary>
public sealed record CsvOptions
{
    /// <summary>Comma, semicolon, tab or bar by which of them cuts the first lines most evenly, when left out.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The first line holds the columns' names; else they are <c>x0</c>, <c>x1</c> …</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Numbers are written as 1,5.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Cells that stand for a missing value, beside empty ones.</summary>
    public ImmutableHashSet<string> Missing { get; init; } = ["NA", "N/A", "NaN", "nan", "null", "NULL"];

    /// <summary>Columns that are text though all their values look like something else: article numbers, postcodes.</summary>
    public ImmutableHashSet<string> Text { get; init; } = [];
}
