using System.Globalization;

namespace Cairn.Learning;

/// <summary>Takes values of an axis to pixels and knows its ticks.</summary>
internal sealed class Scale
{
    private readonly Axis _axis;
    private readonly double _from, _to, _start, _end;

    /// <param name="start">The pixel of the smallest value.</param>
    public Scale(Axis axis, Extent extent, double start, double end)
    {
        (_axis, _start, _end) = (axis, start, end);
        if (!axis.Categories.IsEmpty)
            extent = new(-0.5, axis.Categories.Length - 0.5);
        (_from, _to) = (Place(axis.From ?? extent.From), Place(axis.To ?? extent.To));
        if (_from == _to)
            (_from, _to) = (_from - 0.5, _to + 0.5);
    }

    public double At(double value) => _start + (Place(value) - _from) / (_to - _from) * (_end - _start);

    public IEnumerable<(double Value, string Text)> Ticks()
    {
        if (!_axis.Categories.IsEmpty)
            return _axis.Categories.Select((name, i) => ((double)i, name));
        return _axis.Logarithmic ? Decades() : Steps();
    }

    /// <exception cref="BadInputException">A value that a logarithmic axis cannot show.</exception>
    private double Place(double value)
        => !_axis.Logarithmic ? value
            : value > 0 ? Math.Log10(value)
            : throw new BadInputException(
                $"plot: {value.ToString(CultureInfo.InvariantCulture)} cannot be shown on the logarithmic axis '{_axis.Label}'; leave Logarithmic out or drop it.");

    private IEnumerable<(double, string)> Decades()
    {
        var (first, last) = ((int)Math.Ceiling(_from - 1e-9), (int)Math.Floor(_to + 1e-9));
        var every = Math.Max(1, (last - first) / 6);
        for (var power = first; power <= last; power += every)
            yield return (Math.Pow(10, power),
                power is >= -3 and <= 4 ? Math.Pow(10, power).ToString("0.###", CultureInfo.InvariantCulture) : $"1e{power}");
    }

    /// <summary>Steps of 1, 2 or 5 times a power of ten, about five of them.</summary>
    private IEnumerable<(double, string)> Steps()
    {
        var rough = (_to - _from) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        for (var i = Math.Ceiling(_from / step - 1e-9); i * step <= _to + step * 1e-9; i++)
            yield return (i * step, Write(i * step, decimals));
    }

    private static string Write(double value, int decimals)
        => Math.Abs(value) >= 1e6 || decimals > 6
            ? value.ToString("0.##e0", CultureInfo.InvariantCulture)
            : (value == 0 ? 0 : value).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
