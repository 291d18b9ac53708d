using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Cairn.Learning;

/// <summary>
/// Characters without their accents: Unicode's canonical decomposition (NFD) less the nonspacing marks. The table is Unicode's own data
/// (version 14), since
/// .NET decomposes nothing where globalisation is invariant; Hangul is computed (The Unicode Standard, section 3.12).
/// </summary>
internal static class BaseLetters
{
    private static readonly FrozenDictionary<int, Rune[]> Table = Read();

    internal static Rune[] Of(Rune rune)
    {
        if (rune.Value is >= 0xAC00 and <= 0xD7A3)
            return Hangul(rune.Value - 0xAC00);
        if (Table.TryGetValue(rune.Value, out var letters))
            return letters;
        return Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? [] : [rune];
    }

    private static Rune[] Hangul(int syllable)
    {
        const int vowels = 21, tails = 28;
        var (lead, vowel, tail) = (syllable / (vowels * tails), syllable / tails % vowels, syllable % tails);
        return tail == 0 ? [new(0x1100 + lead), new(0x1161 + vowel)] : [new(0x1100 + lead), new(0x1161 + vowel), new(0x11A7 + tail)];
    }

    /// <summary>
    /// Each line: a character, and what is left of it and of those that follow it; more than one letter joined by a plus.
    /// </summary>
    private static FrozenDictionary<int, Rune[]> Read()
    {
        var table = new Dictionary<int, Rune[]>();
        using var reader = new StreamReader(typeof(BaseLetters).Assembly.GetManifestResourceStream("Cairn.Learning.BaseLetters.txt")!);
        while (reader.ReadLine() is { } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var character = Number(line[..colon]);
            foreach (var letters in line[(colon + 2)..].Split(' '))
                table[character++] = [.. letters.Split('+').Select(l => new Rune(Number(l)))];
        }
        return table.ToFrozenDictionary();
    }

    private static int Number(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
