namespace Cairn.Models;

/// <summary>
/// An estimate of the tokens of a text, for models whose tokenizer is not there. A weighted count of what vocabularies of byte pairs cut
/// by: words, digits in threes, punctuation, line ends, and characters of other scripts. The weights are a least-squares fit to the mean of
/// two published vocabularies, of 100,000 and 200,000 tokens (docs/benchmarks.md has the measured error by language): newer vocabularies
/// need fewer tokens outside Latin script, older ones more.
/// </summary>
internal static class ScriptTokens
{
    private const int WholeWord = 6;
    private const int DigitsPerToken = 3;

    private const double Word = .921;
    private const double LongWordLetter = .344;
    private const double AccentedLetter = 1.16;
    private const double DigitGroup = 1.251;
    private const double PunctuationRun = .644;
    private const double NewLine = 1.2;
    private const double Indent = .114;

    private enum Kind
    {
        None,
        Latin,
        Digit,
        Space,
        Punctuation,
        Other,
    }

    /// <returns>Rounded up; 0 only for an empty text.</returns>
    public static long Of(ReadOnlySpan<char> text)
    {
        var tokens = 0.0;
        var before = Kind.None;
        var run = 0;
        foreach (var c in text)
        {
            var kind = KindOf(c);
            run = kind == before ? run + 1 : 1;
            before = kind;
            tokens += kind switch
            {
                Kind.Latin => (run == 1 ? Word : run > WholeWord ? LongWordLetter : 0) + (c > 127 ? AccentedLetter : 0),
                Kind.Digit => run % DigitsPerToken == 1 ? DigitGroup : 0,
                Kind.Punctuation => run == 1 ? PunctuationRun : 0,
                Kind.Space => c == '\n' ? NewLine : run == 2 ? Indent : 0,
                _ => OtherScript(c),
            };
        }
        return (long)Math.Ceiling(tokens);
    }

    private static Kind KindOf(char c) => c switch
    {
        >= '0' and <= '9' => Kind.Digit,
        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '\u00C0' and <= '\u024F') or (>= '\u1E00' and <= '\u1EFF') => Kind.Latin,
        _ when char.IsWhiteSpace(c) => Kind.Space,
        < '\u0080' or (>= '\u2000' and <= '\u206F') => Kind.Punctuation,
        _ => Kind.Other,
    };

    /// <summary>Tokens of one UTF-16 unit; both halves of a pair count.</summary>
    private static double OtherScript(char c) => c switch
    {
        >= '\u0370' and <= '\u03FF' => .73,
        >= '\u0400' and <= '\u052F' => .433,
        >= '\u0590' and <= '\u077F' => .64,
        >= '\u3040' and <= '\u30FF' => .757,
        (>= '\u3000' and <= '\u303F') or (>= '\u3400' and <= '\u9FFF') or (>= '\uFF00' and <= '\uFFEF') => 1.039,
        (>= '\u1100' and <= '\u11FF') or (>= '\uAC00' and <= '\uD7AF') => .887,
        >= '\uD800' and <= '\uDFFF' => 1.2,
        _ => .738,
    };
}
