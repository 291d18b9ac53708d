using System.Globalization;
using System.Text;

namespace Cairn.Learning;

/// <summary>What BERT does to a text before it looks for words (Hugging Face's <c>BertNormalizer</c>), character by character.</summary>
/// <param name="CleansText">Leaves out control and format characters; all white space becomes a space.</param>
/// <param name="PartsIdeographs">Han characters stand alone.</param>
/// <param name="StripsAccents">Takes nonspacing marks away, also those that a character holds.</param>
internal sealed record BertNormaliser(bool CleansText, bool PartsIdeographs, bool StripsAccents, bool Lowercases)
{
    internal string Normalise(string text)
    {
        var into = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && rune.Value is >= ' ' and < 0x7F)
            {
                into.Append(Lowercases ? char.ToLowerInvariant((char)rune.Value) : (char)rune.Value);
                continue;
            }
            if (CleansText && IsWhiteSpace(rune))
                into.Append(' ');
            else if (!(CleansText && IsDropped(rune)))
                Append(rune, into);
        }
        return into.ToString();
    }

    private void Append(Rune rune, StringBuilder into)
    {
        var alone = PartsIdeographs && IsIdeograph(rune.Value);
        if (alone)
            into.Append(' ');
        if (!StripsAccents)
            Lower(rune, into);
        else
        {
            foreach (var letter in BaseLetters.Of(rune))
                Lower(letter, into);
        }
        if (alone)
            into.Append(' ');
    }

    private void Lower(Rune rune, StringBuilder into)
    {
        // The one character whose small form is two, whatever stands beside it (Unicode's SpecialCasing.txt).
        if (Lowercases && rune.Value == 0x130)
            into.Append("i\u0307");
        else
            into.Append((Lowercases ? Rune.ToLowerInvariant(rune) : rune).ToString());
    }

    private static bool IsWhiteSpace(Rune rune) => rune.Value is '\t' or '\n' or '\r' || (Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune));

    private static bool IsDropped(Rune rune) => rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse;

    // BERT's blocks, with the gap that its code has before U+2B920.
    private static bool IsIdeograph(int c) => c is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
        or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x2F800 and <= 0x2FA1F);
}
