using System.Globalization;

namespace Cairn.Learning;

/// <summary>
/// What one axis keeps of an array: a position (<c>2</c>, <c>^1</c>), a range (<c>1..3</c>, <c>..^1</c>), a stepped range in NumPy's
/// notation (<c>"::2"</c>, <c>"::-1"</c>, <c>"-3:"</c>), a new axis of length 1, or <see cref="Rest"/> for all axes not named. Ranges that
/// reach beyond
/// an end stop there, as NumPy's do; positions beyond an end are errors.
/// </summary>
public readonly struct Slice
{
    private readonly SliceKind kind;
    private readonly int? start;
    private readonly int? stop;
    private readonly int step;

    private Slice(SliceKind kind, int? start, int? stop, int step)
    {
        this.kind = kind;
        this.start = start;
        this.stop = stop;
        this.step = step;
    }

    /// <summary>The whole axis; in C# also <c>..</c>.</summary>
    public static Slice All => new(SliceKind.Range, null, null, 1);

    /// <summary>Puts an axis of length 1 here.</summary>
    public static Slice NewAxis => new(SliceKind.NewAxis, null, null, 1);

    /// <summary>All axes that no other part names, whole: NumPy's <c>...</c>.</summary>
    public static Slice Rest => new(SliceKind.Rest, null, null, 1);

    /// <summary>Every <paramref name="step"/>th position; null means from or to the end that the step's sign gives.</summary>
    public static Slice Stepped(int? start, int? stop, int step)
        => step != 0 ? new(SliceKind.Range, start, stop, step) : throw new ArgumentException("A slice's step is 0.", nameof(step));

    /// <summary>Reads NumPy's notation for one axis: <c>"1:3"</c>, <c>"::-1"</c>, <c>"-1"</c>.</summary>
    /// <exception cref="FormatException">The text is not such a slice.</exception>
    public static Slice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        var numbers = parts.Select(p => Number(p, text)).ToArray();
        return parts.Length switch
        {
            1 when numbers[0] is { } position => position,
            2 => Stepped(numbers[0], numbers[1], 1),
            3 => Stepped(numbers[0], numbers[1], numbers[2] ?? 1),
            _ => throw new FormatException($"'{text}' is not a slice such as 2, 1:3 or ::-1."),
        };
    }

    public static implicit operator Slice(int position) => new(SliceKind.Position, position, null, 1);

    public static implicit operator Slice(Index index) => new(SliceKind.Position, FromEnd(index), null, 1);

    /// <summary>The end <c>^0</c> is no number in NumPy's notation, so it is kept as "to the end".</summary>
    public static implicit operator Slice(Range range)
        => new(
            SliceKind.Range,
            range.Start is { IsFromEnd: true, Value: 0 } ? int.MaxValue : FromEnd(range.Start),
            range.End is { IsFromEnd: true, Value: 0 } ? null : FromEnd(range.End),
            1);

    public static implicit operator Slice(string text) => Parse(text);

    internal bool IsPosition => kind == SliceKind.Position;

    internal bool IsNewAxis => kind == SliceKind.NewAxis;

    internal bool IsRest => kind == SliceKind.Rest;

    /// <summary>The position on an axis of this length, or -1 when it is beyond an end.</summary>
    internal int Position(int length)
    {
        var position = start!.Value < 0 ? start.Value + length : start.Value;
        return (uint)position < (uint)length ? position : -1;
    }

    /// <summary>First position, number of positions and step on an axis of this length.</summary>
    internal (int First, int Count, int Step) Resolve(int length)
    {
        var (low, high) = step > 0 ? (0, length) : (-1, length - 1);
        var first = start is { } s ? Math.Clamp(s < 0 ? s + length : s, low, high) : step > 0 ? low : high;
        var last = stop is { } e ? Math.Clamp(e < 0 ? e + length : e, low, high) : step > 0 ? high : low;
        var count = step > 0 ? (last - first + step - 1) / step : (first - last - step - 1) / -step;
        return (first, Math.Max(count, 0), step);
    }

    public override string ToString() => kind switch
    {
        SliceKind.Position => start!.Value.ToString(CultureInfo.InvariantCulture),
        SliceKind.NewAxis => "new axis",
        SliceKind.Rest => "...",
        _ => string.Create(CultureInfo.InvariantCulture,
            $"{start}:{stop}{(step == 1 ? "" : ":" + step.ToString(CultureInfo.InvariantCulture))}"),
    };

    private static int FromEnd(Index index) => index.IsFromEnd ? -index.Value : index.Value;

    private static int? Number(string part, string whole)
    {
        var trimmed = part.AsSpan().Trim();
        if (trimmed.IsEmpty)
            return null;
        return int.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{whole}' is not a slice such as 2, 1:3 or ::-1.");
    }
}
