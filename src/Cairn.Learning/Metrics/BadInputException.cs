namespace Cairn.Learning;

/// <summary>Values that an operation cannot work with. The message names the operation, the column and row, and what mends it.</summary>
public sealed class BadInputException(string message) : ArgumentException(message)
{
    /// <summary>The row, from 0, where one row is to blame.</summary>
    public int? Row { get; init; }

    /// <summary>The column's name, where one column is to blame.</summary>
    public string? Column { get; init; }

    internal static BadInputException NotFinite(string operation, string column, int row, double value)
        => new($"{operation}: column '{column}', row {row} is {(double.IsNaN(value) ? "not a number" : "infinite")}; "
            + "impute or drop it first (Imputer, Frame.DropMissing).")
        {
            Row = row,
            Column = column,
        };
}
