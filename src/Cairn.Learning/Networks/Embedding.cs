namespace Cairn.Learning;

/// <summary>A vector for each number from 0: rows of a table that begins normal.</summary>
public sealed class Embedding : Module
{
    private Tensor? weight;

    public Embedding(int count, int width, Seeded random, float deviation = 1)
    {
        ArgumentNullException.ThrowIfNull(random);
        weight = Parameter("weight", random.Normal<float>(count, width) * deviation);
    }

    /// <summary>(count, width).</summary>
    /// <exception cref="InvalidOperationException">The table is int8 (<see cref="Module.UseInt8"/>).</exception>
    public Tensor Weight => weight
        ?? throw new InvalidOperationException("The table is int8: it is looked up, and can no longer be read, saved or trained.");

    public Tensor Forward(NdArray<int> positions)
    {
        if (Int8 is not { } table)
            return Weight.Rows(positions);
        ArgumentNullException.ThrowIfNull(positions);
        var rows = NdArray.Zeros<float>([.. positions.Shape.Lengths, table.Inputs]);
        var at = 0;
        foreach (var row in positions.ToContiguous().Span)
        {
            if ((uint)row >= (uint)table.Outputs)
                throw new ArgumentOutOfRangeException(nameof(positions), row, $"The table of {table.Outputs} rows has no row {row}.");
            table.Row(row, rows.Span.Slice(at++ * table.Inputs, table.Inputs));
        }
        return new Tensor(rows);
    }

    /// <summary>How much each row is like the input: x W' + b, where an embedding also scores the vocabulary.</summary>
    internal Tensor Score(Tensor input, Tensor? bias = null) => Int8?.Linear(input, bias) ?? input.Linear(Weight, bias);

    private protected override void MakeInt8()
    {
        Int8 = Narrowed(Weight);
        weight = null;
    }
}
