using System.Globalization;
using System.Text;

namespace Cairn.Knowledge;

/// <summary>
/// The passages that begin in one piece of a text, as a text of its own: a line each of start (from the piece's), length, page and
/// headings, parted by tabs; a line without headings has those of the line before. One row instead of one per passage is what makes storing
/// them cheap.
/// </summary>
internal static class PassageCodec
{
    /// <param name="starts">Where the piece starts.</param>
    public static string Encode(int starts, IEnumerable<Chunk> passages)
    {
        var text = new StringBuilder();
        string? headings = null;
        foreach (var passage in passages)
        {
            if (text.Length > 0)
                text.Append('\n');
            text.Append(CultureInfo.InvariantCulture, $"{passage.Start - starts}\t{passage.End - passage.Start}\t{passage.Page}");
            if (passage.HeadingPath != headings)
                text.Append('\t').Append((headings = passage.HeadingPath).Replace('\n', ' '));
        }
        return text.ToString();
    }

    public static IEnumerable<Chunk> Decode(int starts, string passages)
    {
        var headings = "";
        for (var at = 0; at < passages.Length;)
        {
            var end = passages.IndexOf('\n', at);
            end = end < 0 ? passages.Length : end;
            var fields = passages[at..end].Split('\t', 4);
            headings = fields.Length > 3 ? fields[3] : headings;
            var start = starts + int.Parse(fields[0], CultureInfo.InvariantCulture);
            yield return new Chunk(
                start, start + int.Parse(fields[1], CultureInfo.InvariantCulture), headings,
                fields[2].Length == 0 ? null : int.Parse(fields[2], CultureInfo.InvariantCulture));
            at = end + 1;
        }
    }
}
