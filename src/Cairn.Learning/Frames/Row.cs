namespace Cairn.Learning;

/// <summary>One row of a frame, for filters and computed columns.</summary>
public readonly record struct Row(Frame Frame, int Index)
{
    /// <summary>null when it is missing.</summary>
    public object? this[string name] => Frame[name][Index];

    /// <summary>NaN when it is missing.</summary>
    public double Number(string name) => Frame[name] switch
    {
        NumberColumn numbers => numbers.Values[Index],
        IntegerColumn integers => integers.IsMissing(Index) ? double.NaN : integers.Values[Index],
        TruthColumn truths => truths.IsMissing(Index) ? double.NaN : truths.Values[Index],
        var other => throw new BadInputException($"frame: column '{name}' is {other.Kind}, and a number was asked for.") { Column = name },
    };

    /// <summary>Empty when it is missing.</summary>
    public string Text(string name) => Frame[name].TextOf(Index);

    public bool IsMissing(string name) => Frame[name].IsMissing(Index);
}
