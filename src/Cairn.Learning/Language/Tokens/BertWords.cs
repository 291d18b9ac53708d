using System.Globalization;
using System.Text;

namespace Cairn.Learning;

/// <summary>
/// BERT's words (Hugging Face's <c>BertPreTokenizer</c>): white space parts them and is left out; each punctuation mark is a word.
/// </summary>
internal static class BertWords
{
    internal static List<Range> Split(string text)
    {
        var words = new List<Range>();
        var (start, at) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var next = at + rune.Utf16SequenceLength;
            var (space, sign) = (Rune.IsWhiteSpace(rune), IsPunctuation(rune));
            if (space || sign)
            {
                if (at > start)
                    words.Add(start..at);
                if (sign)
                    words.Add(at..next);
                start = next;
            }
            at = next;
        }
        if (text.Length > start)
            words.Add(start..text.Length);
        return words;
    }

    /// <summary>Unicode's punctuation, and every sign of ASCII: <c>$</c>, <c>+</c> and <c>^</c> too.</summary>
    private static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? rune.Value is > ' ' and < 0x7F && !Rune.IsLetterOrDigit(rune)
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation
            or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;
}
