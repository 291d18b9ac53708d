namespace Cairn.Knowledge;

/// <summary>
/// Folds a character to what is indexed: lower case, without diacritics. The tables are the base letters of Unicode's compatibility
/// decompositions (the process runs without ICU data, so <see cref="string.Normalize()"/> leaves text as it is), plus the letters with
/// strokes that Unicode does not decompose.
/// </summary>
internal static class Folding
{
    /// <summary>U+00C0 to U+024F; a dot where a letter stays as it is.</summary>
    private const string Latin = "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggggggg"
        + "hhhhiiiiiiiiii..jjkkkllllll..llnnnnnn.nnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs........"
        + "........................oo.............uu............................aaiioouuuuuuuuuu.aaaa....ggkkoo"
        + "oo..j...gg..nnaa....aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............................";

    /// <summary>U+1E00 to U+1EFF.</summary>
    private const string LatinAdditional =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssss"
        + "ssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy.s....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeee"
        + "iiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

    /// <summary>Writes what <paramref name="c"/> becomes (one or two characters, three for a ligature) and returns how many.</summary>
    public static int Fold(char c, Span<char> into)
    {
        if (c < 0x80)
        {
            into[0] = c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
            return 1;
        }
        var expansion = Expansion(c);
        if (expansion is not null)
        {
            expansion.CopyTo(into);
            return expansion.Length;
        }
        var folded = c switch
        {
            >= '\u00C0' and < '\u0250' => Latin[c - 0xC0],
            >= '\u1E00' and < '\u1F00' => LatinAdditional[c - 0x1E00],
            >= '\uFF01' and <= '\uFF5E' => char.ToLowerInvariant((char)(c - 0xFEE0)),
            _ => '.',
        };
        into[0] = folded == '.' ? char.ToLowerInvariant(c) : folded;
        return 1;
    }

    private static string? Expansion(char c) => c switch
    {
        'ß' or 'ẞ' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'þ' or 'Þ' => "th",
        '\uFB00' => "ff",
        '\uFB01' => "fi",
        '\uFB02' => "fl",
        '\uFB03' => "ffi",
        '\uFB04' => "ffl",
        _ => null,
    };
}
