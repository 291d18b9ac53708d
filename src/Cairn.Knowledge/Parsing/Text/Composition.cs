using System.Collections.Frozen;

namespace Cairn.Knowledge;

/// <summary>
/// Composes base and combining mark into one character, as NFC does, while text is appended. Characters that were composed to begin with
/// stay as they are.
/// </summary>
internal static class Composition
{
    private const char HangulFirst = '\uAC00';

    private static readonly FrozenDictionary<int, char> Pairs = Read();

    private static readonly FrozenSet<char> Marks = Enumerable.Range(0, CompositionTable.Triples.Length / 3)
        .Select(i => CompositionTable.Triples[(3 * i) + 1]).ToFrozenSet();

    public static bool MayCompose(char mark) => mark >= '\u0300' && (mark is >= '\u1161' and <= '\u11C2' || Marks.Contains(mark));

    public static bool TryCompose(char first, char mark, out char composed)
    {
        if (first is >= '\u1100' and <= '\u1112' && mark is >= '\u1161' and <= '\u1175')
        {
            composed = (char)(HangulFirst + ((((first - '\u1100') * 21) + (mark - '\u1161')) * 28));
            return true;
        }
        if (first is >= HangulFirst and <= '\uD7A3' && (first - HangulFirst) % 28 == 0 && mark is >= '\u11A8' and <= '\u11C2')
        {
            composed = (char)(first + (mark - '\u11A7'));
            return true;
        }
        return Pairs.TryGetValue((first << 16) | mark, out composed);
    }

    private static FrozenDictionary<int, char> Read()
    {
        var pairs = new Dictionary<int, char>();
        var triples = CompositionTable.Triples;
        for (var i = 0; i < triples.Length; i += 3)
            pairs[(triples[i] << 16) | triples[i + 1]] = triples[i + 2];
        return pairs.ToFrozenDictionary();
    }
}
