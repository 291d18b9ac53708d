using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Models.Tests;

/// <summary>
/// Reads Prometheus' text format, version 0.0.4, as strictly as its rules are written
/// (https://prometheus.io/docs/instrumenting/exposition_formats/), and the naming rules for counters.
/// </summary>
internal static partial class ExpositionFormat
{
    private static readonly string[] Kinds = ["counter", "gauge", "histogram", "summary", "untyped"];

    /// <returns>Every sample, by its name and its labels as they were written before escaping.</returns>
    /// <exception cref="FormatException">A rule is broken; the message names it and the line.</exception>
    public static IReadOnlyList<Sample> Read(string text)
    {
        Rule(text.EndsWith('\n'), "the last line ends with a line feed", text);
        var samples = new List<Sample>();
        var kinds = new Dictionary<string, string>(StringComparer.Ordinal);
        var helped = new HashSet<string>(StringComparer.Ordinal);
        var closed = new HashSet<string>(StringComparer.Ordinal);
        var family = "";
        foreach (var line in text[..^1].Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                var name = line.Split(' ')[2];
                Rule(helped.Add(name), "one HELP per family", line);
                Rule(!kinds.ContainsKey(name), "HELP stands before its samples", line);
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var parts = line.Split(' ');
                Rule(parts.Length == 4 && Kinds.Contains(parts[3]), "TYPE names one of the kinds", line);
                Rule(kinds.TryAdd(parts[2], parts[3]), "one TYPE per family", line);
                Rule(parts[3] != "counter" || parts[2].EndsWith("_total", StringComparison.Ordinal), "a counter ends with _total", line);
                Rule(parts[3] == "counter" || !parts[2].EndsWith("_total", StringComparison.Ordinal), "only a counter ends with _total",
                    line);
                closed.Add(family);
                family = parts[2];
                Rule(!closed.Contains(family), "a family stands together", line);
            }
            else
            {
                var sample = ReadSample(line);
                Rule(kinds.TryGetValue(family, out var kind), "TYPE stands before the first sample", line);
                Rule(sample.Name == family || (kind == "histogram"
                    && sample.Name[family.Length..] is "_bucket" or "_sum" or "_count"
                    && sample.Name.StartsWith(family, StringComparison.Ordinal)), $"a sample belongs to the family {family}", line);
                Rule(kind != "counter" || sample.Value >= 0, "a counter is not negative", line);
                samples.Add(sample);
            }
        }
        foreach (var twice in samples.GroupBy(s => s.Key).Where(g => g.Count() > 1))
            Rule(false, "a series stands once", twice.Key);
        foreach (var (name, _) in kinds.Where(k => k.Value == "histogram"))
            CheckHistogram(name, samples);
        return samples;
    }

    private static void CheckHistogram(string family, List<Sample> samples)
    {
        foreach (var series in samples.Where(s => s.Name == family + "_bucket")
            .GroupBy(s => Sample.Join(s.Labels.Where(l => l.Name != "le"))))
        {
            var buckets = series.Select(s => (Bound: Number(s.Labels.Single(l => l.Name == "le").Value), s.Value)).ToList();
            Rule(buckets.Zip(buckets.Skip(1)).All(p => p.First.Bound < p.Second.Bound), "bounds rise", series.Key);
            Rule(buckets.Zip(buckets.Skip(1)).All(p => p.First.Value <= p.Second.Value), "buckets are cumulative", series.Key);
            Rule(double.IsPositiveInfinity(buckets[^1].Bound), "the last bucket is +Inf", series.Key);
            var count = samples.Where(s => s.Name == family + "_count" && Sample.Join(s.Labels) == series.Key).ToList();
            Rule(count is [var all] && all.Value == buckets[^1].Value, "the count is the +Inf bucket's", series.Key);
            Rule(samples.Count(s => s.Name == family + "_sum" && Sample.Join(s.Labels) == series.Key) == 1, "there is a sum", series.Key);
        }
    }

    private static Sample ReadSample(string line)
    {
        var name = MetricName().Match(line).Value;
        Rule(name.Length > 0, "a line is a comment or begins with a metric's name", line);
        var at = name.Length;
        var labels = new List<(string Name, string Value)>();
        if (at < line.Length && line[at] == '{')
        {
            at++;
            while (line[at] != '}')
            {
                var label = LabelName().Match(line, at);
                Rule(label.Success && label.Index == at, "a label has a name, '=' and a quote", line);
                at += label.Length;
                labels.Add((label.Groups[1].Value, ReadValue(line, ref at)));
                if (line[at] == ',')
                    at++;
                else
                    Rule(line[at] == '}', "a comma or '}' follows a label", line);
            }
            at++;
        }
        Rule(labels.DistinctBy(l => l.Name).Count() == labels.Count, "a label stands once", line);
        Rule(at < line.Length && line[at] == ' ', "a space stands before the value", line);
        return new(name, labels, Number(line[(at + 1)..]));
    }

    private static string ReadValue(string line, ref int at)
    {
        var value = new StringBuilder();
        for (; line[at] != '"'; at++)
        {
            if (line[at] != '\\')
            {
                value.Append(line[at]);
                continue;
            }
            at++;
            value.Append(line[at] switch
            {
                '\\' => '\\',
                '"' => '"',
                'n' => '\n',
                _ => throw new FormatException($"Only \\\\, \\\" and \\n are escapes: {line}"),
            });
        }
        at++;
        return value.ToString();
    }

    /// <summary>As Go's ParseFloat reads it.</summary>
    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ when NumberForm().IsMatch(text) => double.Parse(text, CultureInfo.InvariantCulture),
        _ => throw new FormatException($"'{text}' is no number"),
    };

    private static void Rule(bool holds, string rule, string where)
    {
        if (!holds)
            throw new FormatException($"Broken: {rule}. {where}");
    }

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*")]
    private static partial Regex MetricName();

    [GeneratedRegex("([a-zA-Z_][a-zA-Z0-9_]*)=\"")]
    private static partial Regex LabelName();

    [GeneratedRegex(@"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")]
    private static partial Regex NumberForm();

    internal sealed record Sample(string Name, List<(string Name, string Value)> Labels, double Value)
    {
        public string Key => Name + Join(Labels);

        public static string Join(IEnumerable<(string Name, string Value)> labels)
            => string.Join('\u0001', labels.OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => l.Name + "\u0002" + l.Value));
    }
}
