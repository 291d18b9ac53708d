using System.Text;

namespace Cairn.Learning;

/// <summary>Where the cells of one column lie in a file's bytes.</summary>
internal sealed class CsvCells
{
    private readonly List<int> _starts = [];

    /// <summary>The length; its complement where the cell was in quotes.</summary>
    private readonly List<int> _lengths = [];

    public int Count => _starts.Count;

    public void Add(int start, int length, bool quoted)
    {
        _starts.Add(start);
        _lengths.Add(quoted ? ~length : length);
    }

    public bool IsQuoted(int row) => _lengths[row] < 0;

    /// <summary>The bytes within the quotes; doubled quotes are still doubled.</summary>
    public ReadOnlySpan<byte> BytesOf(byte[] file, int row)
        => file.AsSpan(_starts[row], _lengths[row] < 0 ? ~_lengths[row] : _lengths[row]);

    public string TextOf(byte[] file, int row)
    {
        var text = Encoding.UTF8.GetString(BytesOf(file, row));
        return IsQuoted(row) ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }
}
