using System.Text;

namespace Cairn.Knowledge;

/// <summary>Foreign text in the form that offsets refer to, as <see cref="ReadingWriter"/> writes it.</summary>
internal static class ReadingText
{
    public static string Of(string text, Whitespace whitespace = Whitespace.Flow)
    {
        var target = new StringBuilder(text.Length);
        var writer = new ReadingWriter(target);
        writer.Begin(whitespace);
        writer.Append(text);
        return target.ToString();
    }
}
