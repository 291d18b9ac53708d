using System.Collections.Immutable;
using System.Globalization;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>
/// Reads the fields of one mapping. What is unknown or of the wrong type becomes a problem, and reading goes on, so that all are found.
/// </summary>
internal sealed class Fields
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    private readonly Shape _shape;
    private readonly string _where;
    private readonly Problems _problems;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);

    /// <param name="where">The mapping's place for messages, such as <c>sources.handbook</c>; empty for the file itself.</param>
    public Fields(YamlNode node, Shape shape, string where, Problems problems)
    {
        (_shape, _where, _problems, Node) = (shape, where, problems, node);
        if (node is not YamlMapping mapping)
        {
            problems.Add(
                node, $"{(where.Length == 0 ? "the file" : $"'{where}'")} should be fields ({string.Join(", ", shape.Fields)}), not {KindOf(node)}");
            return;
        }
        foreach (var (key, value) in mapping.Entries)
        {
            if (shape.Fields.Contains(key.Value))
                _values.Add(key.Value, value);
            else
                problems.Add(key, $"unknown field '{key.Value}'{(where.Length == 0 ? "" : $" in {where}")}",
                    Nearest.To(key.Value, shape.Fields));
        }
    }

    public YamlNode Node { get; }

    public bool Has(string name) => Find(name) is not null;

    /// <summary>Those of the names that the file gives.</summary>
    public IEnumerable<string> Present(params IEnumerable<string> names) => names.Where(Has);

    public YamlNode? Find(string name)
        => _shape.Fields.Contains(name)
            ? _values.GetValueOrDefault(name)
            : throw new ArgumentException($"{name} is no field of {_shape.Name}", nameof(name));

    public void Problem(string name, string message, string? suggestion = null) => _problems.Add(Find(name) ?? Node, message, suggestion);

    /// <summary>A problem of a node within this mapping.</summary>
    public void ProblemAt(YamlNode node, string message, string? suggestion = null) => _problems.Add(node, message, suggestion);

    public void Require(params string[] names)
    {
        foreach (var name in names.Where(n => Find(n) is null && Node is YamlMapping))
            _problems.Add(Node, $"'{Place(name)}' is missing");
    }

    public string? Text(string name)
    {
        if (Find(name) is not { } node)
            return null;
        if (node is not YamlScalar { IsNull: false } scalar || scalar.Value.Trim().Length == 0)
            return Wrong<string>(name, "a text", node);
        if (scalar.Value.Contains("${", StringComparison.Ordinal))
        {
            _problems.Add(node, $"'{Place(name)}' cannot refer to the environment or a secret");
            return null;
        }
        return scalar.Value;
    }

    /// <summary>A text that may hold references.</summary>
    public Setting? Setting(string name)
    {
        if (Find(name) is not { } node)
            return null;
        if (node is not YamlScalar { IsNull: false } scalar || scalar.Value.Trim().Length == 0)
            return Wrong<Setting>(name, "a text", node);
        var setting = new Setting(scalar.Value);
        if (setting.FirstMalformed is not { } malformed)
            return setting;
        _problems.Add(node, $"'{malformed}' in '{Place(name)}' is no reference; write ${{env:NAME}} or ${{secret:NAME}}");
        return null;
    }

    /// <summary>A mapping from names that the writer of the file chooses to texts that may hold references.</summary>
    public ImmutableDictionary<string, Setting> Settings(string name)
    {
        var settings = ImmutableDictionary.CreateBuilder<string, Setting>(StringComparer.Ordinal);
        foreach (var (key, value) in Entries(name))
        {
            if (value is not YamlScalar { IsNull: false } scalar)
                _problems.Add(value, $"'{Place(name)}.{key.Value}' should be a text, not {KindOf(value)}");
            else if (new Setting(scalar.Value) is { FirstMalformed: { } malformed })
                _problems.Add(
                    value, $"'{malformed}' in '{Place(name)}.{key.Value}' is no reference; write ${{env:NAME}} or ${{secret:NAME}}");
            else
                settings[key.Value] = new(scalar.Value);
        }
        return settings.ToImmutable();
    }

    public bool? Truth(string name) => Find(name) switch
    {
        null => null,
        YamlScalar { Quoted: false, Value: "true" } => true,
        YamlScalar { Quoted: false, Value: "false" } => false,
        var node => WrongValue<bool>(name, "true or false", node),
    };

    public int? Whole(string name, int least, int most)
    {
        if (Find(name) is not { } node)
            return null;
        return node is YamlScalar { Quoted: false } scalar
            && int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most
            ? value
            : WrongValue<int>(name, $"a whole number from {least} to {most}", node);
    }

    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } node)
            return null;
        return node is YamlScalar { Quoted: false } scalar
            && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most
            ? value
            : WrongValue<double>(name, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"), node);
    }

    /// <summary><c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c> or <c>365d</c>.</summary>
    public TimeSpan? Duration(string name)
    {
        if (Find(name) is not { } node)
            return null;
        return node is YamlScalar scalar && Durations.Parse(scalar.Value) is { } value
            ? value
            : WrongValue<TimeSpan>(name, "a time such as 500ms, 30s, 5m, 2h or 365d", node);
    }

    /// <summary>A <see cref="Duration"/> that somebody waits: from 1 ms to 7 days. Longer ones overrun timers (49 days at most).</summary>
    public TimeSpan? Wait(string name)
    {
        var wait = Duration(name);
        return wait is null || (wait >= ShortestWait && wait <= LongestWait)
            ? wait
            : WrongValue<TimeSpan>(name, "a time from 1ms to 7d", Find(name)!);
    }

    /// <summary>One of some words.</summary>
    public string? Word(string name, params IReadOnlyList<string> words)
    {
        if (Text(name) is not { } text)
            return null;
        if (words.Contains(text))
            return text;
        Problem(name, $"'{text}' is no value of '{Place(name)}' ({string.Join(", ", words)})", Nearest.To(text, words));
        return null;
    }

    public ImmutableArray<YamlScalar> Words(string name)
    {
        if (Find(name) is not { } node)
            return [];
        if (node is not YamlSequence sequence)
        {
            Wrong<string>(name, "a list such as [one, two]", node);
            return [];
        }
        foreach (var item in sequence.Items.Where(i => i is not YamlScalar { IsNull: false }))
            _problems.Add(item, $"'{Place(name)}' lists texts, not {KindOf(item)}");
        return [.. sequence.Items.OfType<YamlScalar>().Where(s => !s.IsNull)];
    }

    public Fields? Group(string name, Shape shape) => Find(name) is { } node ? new Fields(node, shape, Place(name), _problems) : null;

    /// <summary>The fields of a mapping whose name the writer of the file chose.</summary>
    public Fields GroupAt(YamlNode node, Shape shape, string place) => new(node, shape, place, _problems);

    public ImmutableArray<Fields> Groups(string name, Shape shape)
    {
        if (Find(name) is not { } node)
            return [];
        if (node is YamlSequence sequence)
            return [.. sequence.Items.Select((item, i) => new Fields(item, shape, $"{Place(name)}[{i}]", _problems))];
        Wrong<string>(name, "a list", node);
        return [];
    }

    /// <summary>A mapping whose names the writer of the file chooses.</summary>
    public ImmutableArray<YamlEntry> Entries(string name)
    {
        if (Find(name) is not { } node)
            return [];
        if (node is YamlMapping mapping)
            return mapping.Entries;
        if (node is not YamlScalar { IsNull: true })
            Wrong<string>(name, "names with their fields", node);
        return [];
    }

    public string Place(string name) => _where.Length == 0 ? name : $"{_where}.{name}";

    internal static string KindOf(YamlNode node) => node switch
    {
        YamlMapping => "fields",
        YamlSequence => "a list",
        YamlScalar { IsNull: true } => "nothing",
        _ => $"'{((YamlScalar)node).Value}'",
    };

    private T? Wrong<T>(string name, string expected, YamlNode node)
        where T : class
    {
        _problems.Add(node, $"'{Place(name)}' should be {expected}, not {KindOf(node)}");
        return null;
    }

    private T? WrongValue<T>(string name, string expected, YamlNode node)
        where T : struct
    {
        _problems.Add(node, $"'{Place(name)}' should be {expected}, not {KindOf(node)}");
        return null;
    }
}
