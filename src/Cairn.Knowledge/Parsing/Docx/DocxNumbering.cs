using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Cairn.Knowledge;

/// <summary>
/// Counts numbered paragraphs as Word does and writes their numbers: <c>4.2</c>, <c>(b)</c>, <c>IV.</c> (ECMA-376 part 1, 17.9).
/// </summary>
internal sealed partial class DocxNumbering
{
    private readonly Dictionary<int, Dictionary<int, XElement>> _abstract = [];
    private readonly Dictionary<int, (int Abstract, Dictionary<int, int> Starts)> _numbers = [];
    private readonly Dictionary<int, int[]> _counters = [];
    private readonly HashSet<(int Number, int Level)> _restarted = [];

    public static DocxNumbering Read(XmlReader? reader)
    {
        var numbering = new DocxNumbering();
        if (reader is null)
            return numbering;
        var styles = new Dictionary<string, int>();
        var links = new Dictionary<int, string>();
        foreach (var element in DocxXml.Elements(reader, "abstractNum", "num"))
        {
            if (element.Name.LocalName == "num")
                numbering.AddNumber(element);
            else if (element.Number("abstractNumId") is { } id)
            {
                numbering._abstract[id] = element.Elements().Where(e => e.Name.LocalName == "lvl").GroupBy(l => l.Number("ilvl") ?? 0)
                    .ToDictionary(g => g.Key, g => g.First());
                if (element.Child("styleLink").Value() is { } style)
                    styles[style] = id;
                if (element.Child("numStyleLink").Value() is { } link)
                    links[id] = link;
            }
        }
        foreach (var (id, style) in links)
        {
            if (styles.TryGetValue(style, out var linked))
                numbering._abstract[id] = numbering._abstract[linked];
        }
        return numbering;
    }

    /// <summary>The level at which a style stands in a numbering that names it.</summary>
    public int LevelOf(int number, string? style)
        => style is not null && _numbers.TryGetValue(number, out var entry) && _abstract.TryGetValue(entry.Abstract, out var levels)
            ? levels.FirstOrDefault(l => l.Value.Child("pStyle").Value() == style).Key
            : 0;

    /// <summary>Counts one paragraph.</summary>
    /// <returns>Its number with a space after it; empty for bullets; null when the paragraph is not in a list.</returns>
    public string? Next(int number, int level)
    {
        if (number == 0 || level is < 0 or > 8 || !_numbers.TryGetValue(number, out var entry)
            || !_abstract.TryGetValue(entry.Abstract, out var levels) || !levels.TryGetValue(level, out var definition))
            return null;
        var counters = _counters.TryGetValue(entry.Abstract, out var known) ? known : _counters[entry.Abstract] = new int[9];
        if (entry.Starts.TryGetValue(level, out var start) && _restarted.Add((number, level)))
            counters[level] = start;
        else
            counters[level] = counters[level] == 0 ? StartOf(levels, level) : counters[level] + 1;
        for (var below = level + 1; below < 9; below++)
            counters[below] = 0;
        for (var above = 0; above < level; above++)
            counters[above] = counters[above] == 0 ? StartOf(levels, above) : counters[above];
        if (definition.Child("numFmt").Value() is "bullet" or "none")
            return "";
        var legal = definition.Child("isLgl").IsOn();
        var text = Placeholder().Replace(definition.Child("lvlText").Value() ?? "", m =>
        {
            var at = m.Value[1] - '1';
            return Format(counters[at], legal ? "decimal" : levels.GetValueOrDefault(at)?.Child("numFmt").Value());
        });
        return string.IsNullOrWhiteSpace(text) ? "" : text.Trim() + " ";
    }

    private void AddNumber(XElement element)
    {
        if (element.Number("numId") is not { } id || element.Child("abstractNumId").Number() is not { } target)
            return;
        var starts = new Dictionary<int, int>();
        foreach (var change in element.Elements().Where(e => e.Name.LocalName == "lvlOverride"))
        {
            if (change.Number("ilvl") is { } level && change.Child("startOverride").Number() is { } start)
                starts[level] = start;
        }
        _numbers[id] = (target, starts);
    }

    private static int StartOf(Dictionary<int, XElement> levels, int level)
        => levels.GetValueOrDefault(level)?.Child("start").Number() ?? 1;

    private static string Format(int number, string? format) => format switch
    {
        "lowerLetter" => Letters(number, 'a'),
        "upperLetter" => Letters(number, 'A'),
        "lowerRoman" => Roman(number).ToLowerInvariant(),
        "upperRoman" => Roman(number),
        "decimalZero" => number.ToString("00", CultureInfo.InvariantCulture),
        "bullet" or "none" => "",
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>a to z, then aa, bb: Word repeats the letter.</summary>
    private static string Letters(int number, char first)
        => number < 1 ? "" : new string((char)(first + ((number - 1) % 26)), Math.Min(((number - 1) / 26) + 1, 10));

    private static string Roman(int number)
    {
        if (number is < 1 or > 3999)
            return number.ToString(CultureInfo.InvariantCulture);
        (int Value, string Sign)[] signs =
        [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
            (5, "V"), (4, "IV"), (1, "I"),
        ];
        var roman = new StringBuilder();
        foreach (var (value, sign) in signs)
        {
            for (; number >= value; number -= value)
                roman.Append(sign);
        }
        return roman.ToString();
    }

    [GeneratedRegex("%[1-9]")]
    private static partial Regex Placeholder();
}
