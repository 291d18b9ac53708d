namespace Cairn.Learning;

/// <summary>True (1), false (0) or missing (-1).</summary>
public sealed class TruthColumn(ReadOnlyMemory<sbyte> values) : ValueColumn<sbyte>(values)
{
    public override string Kind => "truth";

    public static TruthColumn Of(IReadOnlyList<bool> values) => new(values.Select(v => v ? (sbyte)1 : (sbyte)0).ToArray());

    private protected override sbyte Missing => -1;

    private protected override bool IsMissing(sbyte value) => value < 0;

    private protected override object ValueOf(sbyte value) => value == 1;

    private protected override string TextOf(sbyte value) => value == 1 ? "true" : "false";

    private protected override ValueColumn<sbyte> With(ReadOnlyMemory<sbyte> values) => new TruthColumn(values);

    internal override Keys ToKeys() => Keys.Of(Values, static v => v);
}
