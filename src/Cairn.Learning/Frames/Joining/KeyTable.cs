namespace Cairn.Learning;

/// <summary>
/// Finds the position of a whole number in a list of distinct ones: in a table where they lie close together, else in a dictionary.
/// </summary>
internal sealed class KeyTable
{
    private const long DenseRange = 1 << 22;

    private readonly long _least;
    private readonly int[]? _places;
    private readonly Dictionary<long, int>? _positions;

    /// <param name="missing">Never found.</param>
    public KeyTable(long[] values, long missing)
    {
        var present = values.Where(v => v != missing).ToArray();
        _least = present.Length == 0 ? 0 : present.Min();
        if (present.Length == 0 || (ulong)(present.Max() - _least) < DenseRange)
        {
            _places = new int[present.Length == 0 ? 0 : (int)(present.Max() - _least) + 1];
            Array.Fill(_places, -1);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] != missing)
                    _places[values[i] - _least] = i;
            }
            return;
        }
        _positions = new(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] != missing)
                _positions[values[i]] = i;
        }
    }

    /// <returns>-1 when it is not in the list.</returns>
    public int Find(long value)
    {
        if (_places is null)
            return _positions!.GetValueOrDefault(value, -1);
        var place = unchecked((ulong)(value - _least));
        return place < (ulong)_places.Length ? _places[place] : -1;
    }
}
