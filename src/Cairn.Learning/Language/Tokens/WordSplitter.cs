using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Learning;

/// <summary>Cuts text into the words within which pairs are merged, by a regular expression as tokenizer files carry it; what lies between
/// matches is a word too.</summary>
internal sealed class WordSplitter
{
    /// <summary>GPT-2's: contractions, words with a space before, numbers, signs, white space.</summary>
    internal const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Regex pattern;

    /// <exception cref="InvalidDataException">The pattern is not one that .NET understands.</exception>
    internal WordSplitter(string pattern)
    {
        Pattern = pattern;
        try
        {
            this.pattern = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, Patience);
        }
        catch (RegexParseException error)
        {
            throw new InvalidDataException($"The tokenizer's splitting pattern is not understood: {error.Message}", error);
        }
    }

    internal string Pattern { get; }

    /// <summary>The words' places in the text, none empty, together the whole text.</summary>
    internal List<Range> Split(string text)
    {
        var shadow = Shadow(text, out var origin);
        var end = 0;
        var words = new List<Range>();
        foreach (var match in pattern.EnumerateMatches(shadow))
        {
            if (match.Index > end)
                words.Add(Place(end, match.Index, origin));
            if (match.Length > 0)
                words.Add(Place(match.Index, match.Index + match.Length, origin));
            end = match.Index + match.Length;
        }
        if (end < shadow.Length)
            words.Add(Place(end, shadow.Length, origin));
        return words;
    }

    private static Range Place(int start, int end, int[]? origin) => origin is null ? start..end : origin[start]..origin[end];

    /// <summary>
    /// .NET's expressions see a character beyond U+FFFF as two surrogates, which are neither letters nor numbers. Such a character is shown
    /// to them as one of the same kind; <paramref name="origin"/> leads back.
    /// </summary>
    private static string Shadow(string text, out int[]? origin)
    {
        origin = null;
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        var shadow = new StringBuilder(text.Length);
        var places = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length; i++)
        {
            places.Add(i);
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                shadow.Append(Kin(new Rune(text[i], text[i + 1])));
                i++;
            }
            else
            {
                shadow.Append(text[i]);
            }
        }
        places.Add(text.Length);
        origin = [.. places];
        return shadow.ToString();
    }

    private static char Kin(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter => '\u0100',
        UnicodeCategory.LowercaseLetter => '\u0101',
        UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.TitlecaseLetter => '\u05D0',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => '\u00B2',
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => '\u0300',
        _ => '\uFFFC',
    };
}
