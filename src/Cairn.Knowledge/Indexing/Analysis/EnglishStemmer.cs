using System.Buffers;

namespace Cairn.Knowledge;

/// <summary>
/// The Snowball English stemmer ("Porter2", https://snowballstem.org/algorithms/english/stemmer.html), written from its description.
/// Words are lower-case ASCII letters and apostrophes; a <c>y</c> that is a consonant is upper-case while it works.
/// </summary>
internal static class EnglishStemmer
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["idly"] = "idl",
        ["gently"] = "gentl", ["ugly"] = "ugli", ["early"] = "earli", ["only"] = "onli", ["singly"] = "singl", ["sky"] = "sky",
        ["news"] = "news", ["howe"] = "howe", ["atlas"] = "atlas", ["cosmos"] = "cosmos", ["bias"] = "bias", ["andes"] = "andes",
    };

    private static readonly HashSet<string> FinalAfterPlural = new(StringComparer.Ordinal)
    {
        "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed",
    };

    private static readonly (string Suffix, string Replacement)[] Step2 =
    [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"), ("tional", "tion"),
        ("biliti", "ble"), ("lessli", "less"), ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"),
        ("iviti", "ive"), ("fulli", "ful"), ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("izer", "ize"), ("ator", "ate"),
        ("alli", "al"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Suffix, string Replacement)[] Step3 =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""), ("ical", "ic"),
        ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] Step4 =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic",
    ];

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ExceptionOf =
        Exceptions.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> IsFinalAfterPlural =
        FinalAfterPlural.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// Stems in place and returns the new length; <paramref name="word"/> needs room for one character more than <paramref name="length"/>.
    /// </summary>
    public static int Stem(Span<char> word, int length)
    {
        if (length <= 2)
            return length;
        if (ExceptionOf.TryGetValue(word[..length], out var exception))
        {
            exception.CopyTo(word);
            return exception.Length;
        }
        MarkConsonantY(word[..length]);
        var (r1, r2) = Regions(word[..length]);
        length = StripPossessive(word, length);
        length = StripPlural(word, length);
        if (!IsFinalAfterPlural.Contains(word[..length]))
        {
            length = StripPast(word, length, r1);
            if (length > 2 && (word[length - 1] is 'y' or 'Y') && !IsVowel(word[length - 2]))
                word[length - 1] = 'i';
            length = Derivational(word, length, r1, r2);
            length = Residual(word, length, r2);
            length = FinalEOrL(word, length, r1, r2);
        }
        word[..length].Replace('Y', 'y');
        return length;
    }

    private static void MarkConsonantY(Span<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == 'y' && (i == 0 || IsVowel(word[i - 1])))
                word[i] = 'Y';
        }
    }

    private static (int R1, int R2) Regions(ReadOnlySpan<char> word)
    {
        var r1 = word.StartsWith("gener", StringComparison.Ordinal) || word.StartsWith("arsen", StringComparison.Ordinal) ? 5
            : word.StartsWith("commun", StringComparison.Ordinal) ? 6
            : AfterVowelConsonant(word, 0);
        return (r1, AfterVowelConsonant(word, r1));
    }

    private static int AfterVowelConsonant(ReadOnlySpan<char> word, int from)
    {
        for (var i = from + 1; i < word.Length; i++)
        {
            if (!IsVowel(word[i]) && IsVowel(word[i - 1]))
                return i + 1;
        }
        return word.Length;
    }

    private static int StripPossessive(ReadOnlySpan<char> word, int length)
    {
        var w = word[..length];
        return w.EndsWith("'s'", StringComparison.Ordinal)
            ? length - 3
            : w.EndsWith("'s", StringComparison.Ordinal) ? length - 2 : w[^1] == '\'' ? length - 1 : length;
    }

    private static int StripPlural(Span<char> word, int length)
    {
        var w = word[..length];
        if (Ends(w, "sses"))
            return length - 2;
        if (Ends(w, "ied") || Ends(w, "ies"))
            return length > 4 ? length - 2 : length - 1;
        if (length < 2 || w[^1] != 's' || Ends(w, "us") || Ends(w, "ss"))
            return length;
        return length > 2 && HasVowel(w[..^2]) ? length - 1 : length;
    }

    private static int StripPast(Span<char> word, int length, int r1)
    {
        var w = word[..length];
        if (Ends(w, "eedly"))
            return length - 5 >= r1 ? length - 3 : length;
        if (Ends(w, "eed"))
            return length - 3 >= r1 ? length - 1 : length;
        var cut = Ends(w, "ingly") ? 5 : Ends(w, "edly") ? 4 : Ends(w, "ing") ? 3 : Ends(w, "ed") ? 2 : 0;
        if (cut == 0 || !HasVowel(w[..^cut]))
            return length;
        length -= cut;
        w = word[..length];
        if (Ends(w, "at") || Ends(w, "bl") || Ends(w, "iz") || (EndsInShortSyllable(w) && r1 >= length))
        {
            word[length] = 'e';
            return length + 1;
        }
        return length >= 2 && w[^1] == w[^2] && "bdfgmnprt".Contains(w[^1], StringComparison.Ordinal) ? length - 1 : length;
    }

    /// <summary>Steps 2 and 3.</summary>
    private static int Derivational(Span<char> word, int length, int r1, int r2)
    {
        foreach (var (suffix, replacement) in Step2)
        {
            if (!Ends(word[..length], suffix))
                continue;
            var stem = length - suffix.Length;
            if (stem >= r1 && (suffix != "ogi" || (stem > 0 && word[stem - 1] == 'l'))
                && (suffix != "li" || (stem > 0 && "cdeghkmnrt".Contains(word[stem - 1], StringComparison.Ordinal))))
                length = Put(word, stem, replacement);
            break;
        }
        foreach (var (suffix, replacement) in Step3)
        {
            if (!Ends(word[..length], suffix))
                continue;
            var stem = length - suffix.Length;
            if (stem >= r1 && (suffix != "ative" || stem >= r2))
                length = Put(word, stem, replacement);
            break;
        }
        return length;
    }

    /// <summary>Step 4.</summary>
    private static int Residual(ReadOnlySpan<char> word, int length, int r2)
    {
        foreach (var suffix in Step4)
        {
            if (!Ends(word[..length], suffix))
                continue;
            var stem = length - suffix.Length;
            return stem >= r2 && (suffix != "ion" || (stem > 0 && (word[stem - 1] is 's' or 't'))) ? stem : length;
        }
        return length;
    }

    /// <summary>Step 5.</summary>
    private static int FinalEOrL(ReadOnlySpan<char> word, int length, int r1, int r2)
    {
        if (length < 2)
            return length;
        var stem = length - 1;
        if (word[stem] == 'e')
            return stem >= r2 || (stem >= r1 && !EndsInShortSyllable(word[..stem])) ? stem : length;
        return word[stem] == 'l' && stem >= r2 && word[stem - 1] == 'l' ? stem : length;
    }

    /// <summary>
    /// A short syllable: vowel then a consonant other than w, x, Y after a consonant; or a vowel at the start and a consonant.
    /// </summary>
    private static bool EndsInShortSyllable(ReadOnlySpan<char> word)
        => word.Length == 2
            ? IsVowel(word[0]) && !IsVowel(word[1])
            : word.Length > 2 && !IsVowel(word[^3]) && IsVowel(word[^2]) && !IsVowel(word[^1]) && word[^1] is not ('w' or 'x' or 'Y');

    private static int Put(Span<char> word, int at, string text)
    {
        text.CopyTo(word[at..]);
        return at + text.Length;
    }

    private static bool Ends(ReadOnlySpan<char> word, string suffix) => word.EndsWith(suffix, StringComparison.Ordinal);

    private static bool HasVowel(ReadOnlySpan<char> word) => word.ContainsAny(Vowels);

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
