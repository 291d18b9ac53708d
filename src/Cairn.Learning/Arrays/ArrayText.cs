using System.Globalization;
using System.Text;

namespace Cairn.Learning;

/// <summary>Prints arrays as NumPy does: nested brackets, columns aligned, the middle of long axes left out.</summary>
internal static class ArrayText
{
    private const int Threshold = 1000;
    private const int Edge = 3;

    internal static string Write<T>(NdArray<T> array)
        where T : unmanaged
    {
        if (array.Count == 0)
            return $"[] (shape {array.Shape})";
        var shorten = array.Count > Threshold;
        var cells = new Dictionary<int, string>();
        Collect(array, 0, array.Offset, shorten, cells);
        var width = cells.Values.Max(c => c.Length);
        var text = new StringBuilder();
        Append(text, array, 0, array.Offset, shorten, cells, width);
        return text.ToString();
    }

    private static IEnumerable<int?> Positions(int length, bool shorten)
        => shorten && length > 2 * Edge
            ? [.. Enumerable.Range(0, Edge), null, .. Enumerable.Range(length - Edge, Edge)]
            : Enumerable.Range(0, length).Select(i => (int?)i);

    private static void Collect<T>(NdArray<T> array, int axis, int position, bool shorten, Dictionary<int, string> cells)
        where T : unmanaged
    {
        if (axis == array.Rank)
        {
            cells[position] = Cell(array.Storage[position]);
            return;
        }
        foreach (var i in Positions(array.Shape[axis], shorten))
        {
            if (i is { } index)
                Collect(array, axis + 1, position + (index * array.Strides[axis]), shorten, cells);
        }
    }

    private static void Append<T>(
        StringBuilder text, NdArray<T> array, int axis, int position, bool shorten, Dictionary<int, string> cells, int width)
        where T : unmanaged
    {
        if (axis == array.Rank)
        {
            text.Append(cells[position].PadLeft(array.Rank == 0 ? 0 : width));
            return;
        }
        var innermost = axis == array.Rank - 1;
        text.Append('[');
        var first = true;
        foreach (var i in Positions(array.Shape[axis], shorten))
        {
            if (!first)
                text.Append(innermost ? " " : "\n" + new string(' ', axis + 1));
            first = false;
            if (i is { } index)
                Append(text, array, axis + 1, position + (index * array.Strides[axis]), shorten, cells, width);
            else
                text.Append("...");
        }
        text.Append(']');
    }

    private static string Cell<T>(T value) => value switch
    {
        float f => f.ToString("G6", CultureInfo.InvariantCulture),
        double d => d.ToString("G8", CultureInfo.InvariantCulture),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
