using System.Collections.Immutable;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Cairn.Apps;

/// <summary>
/// Parses one YAML document into nodes that know their place. Duplicate keys, aliases, tags and a second document are problems.
/// </summary>
internal sealed partial class YamlTree
{
    private const int DeepestNesting = 32;

    // ${env:NAME} may stand unquoted in a flow mapping, where YAML gives braces a meaning; while parsing they are private-use characters.
    private const char OpenBrace = '\uE000';
    private const char CloseBrace = '\uE001';

    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly Problems _problems;

    private YamlTree(string text, Problems problems)
    {
        _scanner = new Scanner(new StringReader(Reference().Replace(text, m => "$" + OpenBrace + m.Value[2..^1] + CloseBrace)));
        _parser = new Parser(_scanner);
        _problems = problems;
    }

    /// <returns>null when the file is empty or is not YAML (then there is a problem).</returns>
    public static YamlNode? Parse(string text, Problems problems)
    {
        var tree = new YamlTree(text, problems);
        try
        {
            return tree.ReadDocument();
        }
        catch (YamlException e)
        {
            // A tab as indentation has no place in the scanner's exception; the scanner still stands at it.
            var place = e.End == Mark.Empty ? tree._scanner.CurrentPosition : e.Start;
            problems.Add((int)place.Line, (int)place.Column, "this is not YAML: " + Reason(e));
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The scanner itself stumbles over some broken texts; what it read last is near the place.
            var last = tree._parser.Current?.End ?? Mark.Empty;
            problems.Add((int)last.Line, (int)last.Column, "this is not YAML from here on");
            return null;
        }
    }

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
            return null;
        var node = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            _problems.Add((int)second.Start.Line, (int)second.Start.Column, "a second document begins here; one file holds one document");
        return node;
    }

    private YamlNode ReadNode(int depth)
    {
        var start = _parser.Current!.Start;
        if (depth > DeepestNesting)
            throw new YamlException(start, start, $"nested more than {DeepestNesting} deep");
        var (line, column) = ((int)start.Line, (int)start.Column);
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            _problems.Add(line, column, $"the alias '*{alias.Value}' is not read here; write the value out");
            return new YamlScalar(line, column, "", Quoted: true);
        }
        if (_parser.Current is NodeEvent { Tag.IsEmpty: false } tagged)
            _problems.Add(line, column, $"the tag '{tagged.Tag}' is not read here; leave it out");
        if (_parser.TryConsume<Scalar>(out var scalar))
            return new YamlScalar(line, column, Restore(scalar.Value), scalar.Style != ScalarStyle.Plain);
        if (_parser.TryConsume<SequenceStart>(out _))
        {
            var items = ImmutableArray.CreateBuilder<YamlNode>();
            while (!_parser.TryConsume<SequenceEnd>(out _))
                items.Add(ReadNode(depth + 1));
            return new YamlSequence(line, column, items.ToImmutable());
        }
        _parser.Consume<MappingStart>();
        return ReadEntries(line, column, depth);
    }

    private YamlMapping ReadEntries(int line, int column, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not YamlScalar name)
                _problems.Add(key.Line, key.Column, "a name is expected here");
            else if (!lines.TryAdd(name.Value, name.Line))
                _problems.Add(name.Line, name.Column, $"'{name.Value}' is given twice; the first is on line {lines[name.Value]}");
            else
                entries.Add(new(name, value));
        }
        return new YamlMapping(line, column, entries.ToImmutable());
    }

    private static string Restore(string value) => value.Replace(OpenBrace, '{').Replace(CloseBrace, '}');

    private static string Reason(YamlException e) => Restore(Position().Replace(e.InnerException?.Message ?? e.Message, "")).TrimEnd('.');

    [GeneratedRegex(@"\$\{[A-Za-z]*:?[^{}\s]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\(Line: .*?\) - \(Line: .*?\): ", RegexOptions.CultureInvariant)]
    private static partial Regex Position();
}
