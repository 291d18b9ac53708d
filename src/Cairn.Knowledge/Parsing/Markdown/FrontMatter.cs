using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Cairn.Knowledge;

/// <summary>The YAML between <c>---</c> lines at a file's start. Read event by event, so aliases and depth cost nothing.</summary>
internal sealed record FrontMatter(ImmutableDictionary<string, string> Metadata, AccessList? Access, int BodyStart)
{
    private const int Longest = 64 << 10;
    private const int Deepest = 16;

    private static readonly FrontMatter None = new(ImmutableDictionary<string, string>.Empty, null, 0);

    /// <exception cref="UnreadableFileException">The block is not valid and may hold an access rule: guessing could widen the
    /// access.</exception>
    public static FrontMatter Of(string text, ICollection<string> notices)
    {
        if (Fenced(text) is not { } fence)
            return None;
        var yaml = text[fence.Start..fence.End];
        try
        {
            return Read(yaml, fence.Body);
        }
        catch (YamlException e)
        {
            if (yaml.Contains("access", StringComparison.OrdinalIgnoreCase))
                throw Invalid($"line {e.Start.Line + 1}: {e.Message}", e);
            notices.Add($"the front matter is not valid YAML (line {e.Start.Line + 1}) and was left out");
            return None with { BodyStart = fence.Body };
        }
    }

    private static FrontMatter Read(string yaml, int bodyStart)
    {
        var parser = new Parser(new StringReader(yaml));
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _) || !parser.TryConsume<MappingStart>(out _))
            return None with { BodyStart = bodyStart };
        var metadata = ImmutableDictionary.CreateBuilder<string, string>();
        AccessList? access = null;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadingText.Of(parser.Consume<Scalar>().Value);
            if (key.Equals("access", StringComparison.OrdinalIgnoreCase))
                access = ReadAccess(parser);
            else if (Value(parser, 0) is { Length: > 0 } value)
                metadata[key.ToLowerInvariant()] = ReadingText.Of(value);
        }
        return new FrontMatter(metadata.ToImmutable(), access, bodyStart);
    }

    /// <summary>
    /// <c>access: group:hr</c>, <c>access: [group:hr]</c> or <c>access: { allow: […], deny: […] }</c>; without allow, only deny narrows.
    /// </summary>
    private static AccessList ReadAccess(Parser parser)
    {
        ImmutableArray<string>? allow = null;
        ImmutableArray<string> deny = [];
        if (parser.TryConsume<MappingStart>(out _))
        {
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>();
                if (key.Value == "allow")
                    allow = Subjects(parser);
                else if (key.Value == "deny")
                    deny = Subjects(parser);
                else
                    throw Invalid($"access has no field '{key.Value}': use allow and deny");
            }
        }
        else
        {
            allow = Subjects(parser);
        }
        return new AccessList { Allow = allow ?? [Subject.Public], Deny = deny };
    }

    private static ImmutableArray<string> Subjects(Parser parser)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        if (parser.TryConsume<SequenceStart>(out _))
        {
            while (!parser.TryConsume<SequenceEnd>(out _))
                words.Add(parser.Consume<Scalar>().Value);
        }
        else
        {
            words.AddRange(parser.Consume<Scalar>().Value
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        if (words.FirstOrDefault(w => !Subject.IsValid(w)) is { } wrong)
            throw Invalid($"access names '{wrong}', which is none of public, everyone, group:NAME, user:NAME, role:NAME");
        return words.ToImmutable();
    }

    private static string Value(Parser parser, int depth)
    {
        if (depth > Deepest)
            throw new YamlException("nested too deeply");
        if (parser.TryConsume<Scalar>(out var scalar))
            return scalar.Value;
        var parts = new List<string>();
        if (parser.TryConsume<SequenceStart>(out _))
        {
            while (!parser.TryConsume<SequenceEnd>(out _))
                parts.Add(Value(parser, depth + 1));
        }
        else if (parser.TryConsume<MappingStart>(out _))
        {
            while (!parser.TryConsume<MappingEnd>(out _))
                parts.Add(Value(parser, depth + 1) + ": " + Value(parser, depth + 1));
        }
        else
        {
            parser.MoveNext();
        }
        return string.Join(", ", parts);
    }

    private static UnreadableFileException Invalid(string detail, Exception? inner = null)
        => new("file.front_matter", $"The front matter cannot be read: {detail}.",
            "Correct the lines between the two --- at the file's start.", inner);

    /// <summary>A line of three dashes, then something that names a field, until the next line of three dashes or dots.</summary>
    private static (int Start, int End, int Body)? Fenced(string text)
    {
        var at = 0;
        if (!NextLine(text, ref at, out var first) || first.Trim('\uFEFF').TrimEnd() is not "---")
            return null;
        var start = at;
        var names = false;
        while (at < Longest)
        {
            var end = at;
            if (!NextLine(text, ref at, out var line))
                return null;
            if (line.TrimEnd() is "---" or "...")
                return names || end == start ? (start, end, at) : null;
            names |= line.Contains(':');
            if (!names && !line.IsWhiteSpace() && line.TrimStart()[0] != '#')
                return null;
        }
        return null;
    }

    private static bool NextLine(string text, ref int at, out ReadOnlySpan<char> line)
    {
        if (at >= text.Length)
        {
            line = default;
            return false;
        }
        var length = text.AsSpan(at).IndexOf('\n');
        line = text.AsSpan(at, length < 0 ? text.Length - at : length);
        at += length < 0 ? line.Length : length + 1;
        return true;
    }
}
