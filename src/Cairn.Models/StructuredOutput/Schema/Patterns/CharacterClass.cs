using System.Globalization;
using System.Text;

namespace Cairn.Models;

/// <summary>A set of code points, written as a .NET expression over UTF-16: ranges beyond U+FFFF become surrogate pairs.</summary>
internal sealed class CharacterClass
{
    private const int Last = 0x10FFFF;
    private readonly List<(int From, int To)> _ranges = [];
    private readonly StringBuilder _categories = new();

    public static CharacterClass Digit => new CharacterClass().Add('0', '9');

    public static CharacterClass Word => new CharacterClass().Add('0', '9').Add('A', 'Z').Add('a', 'z').Add('_', '_');

    /// <summary>ECMA-262's WhiteSpace and LineTerminator.</summary>
    public static CharacterClass Space
        => new CharacterClass().Add(9, 13).Add(0x20, 0x20).Add(0xA0, 0xA0).Add(0x1680, 0x1680).Add(0x2000, 0x200A)
        .Add(0x2028, 0x2029).Add(0x202F, 0x202F).Add(0x205F, 0x205F).Add(0x3000, 0x3000).Add(0xFEFF, 0xFEFF);

    /// <summary>What a dot does not match.</summary>
    public static CharacterClass LineEnd => new CharacterClass().Add('\n', '\n').Add('\r', '\r').Add(0x2028, 0x2029);

    public CharacterClass Add(int from, int to)
    {
        _ranges.Add((from, to));
        return this;
    }

    public CharacterClass AddAll(CharacterClass other)
    {
        _ranges.AddRange(other._ranges);
        return this;
    }

    /// <summary>Adds a general category, such as <c>Lu</c>. It covers characters up to U+FFFF.</summary>
    public void AddCategory(string category, bool negated) => _categories.Append(negated ? @"\P{" : @"\p{").Append(category).Append('}');

    public CharacterClass Complement()
    {
        var result = new CharacterClass();
        var next = 0;
        foreach (var (from, to) in _ranges.Order())
        {
            if (from > next)
                result.Add(next, from - 1);
            next = Math.Max(next, to + 1);
        }
        return next <= Last ? result.Add(next, Last) : result;
    }

    public string Write(bool negated)
    {
        var hasCategories = _categories.Length > 0;
        var ranges = negated ? Complement()._ranges : _ranges;
        var basic = new StringBuilder();
        if (negated && hasCategories)
        {
            // A complement with categories is left to .NET, without the halves of pairs.
            basic.Append("[^").Append(_categories);
            foreach (var (from, to) in _ranges.Where(r => r.From <= 0xFFFF))
                Range(basic, from, Math.Min(to, 0xFFFF));
            basic.Append(@"\uD800-\uDFFF]");
        }
        else
        {
            basic.Append('[').Append(_categories);
            foreach (var (from, to) in ranges)
            {
                if (from <= 0xD7FF)
                    Range(basic, from, Math.Min(to, 0xD7FF));
                if (from <= 0xFFFF && to >= 0xE000)
                    Range(basic, Math.Max(from, 0xE000), Math.Min(to, 0xFFFF));
            }
            basic.Append(']');
        }
        var pairs = string.Join('|', ranges.Where(r => r.To > 0xFFFF).SelectMany(r => Pairs(Math.Max(r.From, 0x10000), r.To)));
        if (basic.Length == 2)
            return pairs.Length > 0 ? $"(?:{pairs})" : @"[^\u0000-\uFFFF]";
        return pairs.Length > 0 ? $"(?:{basic}|{pairs})" : basic.ToString();
    }

    private static IEnumerable<string> Pairs(int from, int to)
    {
        while (from <= to)
        {
            var high = from >> 10;
            var end = Math.Min(to, (high << 10) | 0x3FF);
            // Whole blocks of 1,024 share one alternative.
            var blocks = (from & 0x3FF) == 0 && (end & 0x3FF) == 0x3FF ? ((to + 1) >> 10) - high : 1;
            if (blocks > 1)
                end = ((high + blocks) << 10) - 1;
            yield return Unit(High(from)) is var first && blocks > 1
                ? $@"[{first}-{Unit(High(end))}][\uDC00-\uDFFF]"
                : $"{first}[{Unit(Low(from))}-{Unit(Low(end))}]";
            from = end + 1;
        }
    }

    private static int High(int codePoint) => 0xD800 + ((codePoint - 0x10000) >> 10);

    private static int Low(int codePoint) => 0xDC00 + (codePoint & 0x3FF);

    private static void Range(StringBuilder into, int from, int to) => into.Append(Unit(from)).Append('-').Append(Unit(to));

    private static string Unit(int unit) => @"\u" + unit.ToString("X4", CultureInfo.InvariantCulture);
}
