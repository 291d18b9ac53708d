using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Cairn.Apps;

/// <summary>Reads a prompt file: YAML front matter between two lines of <c>---</c>, then the template.</summary>
internal sealed partial class PromptReader(string name)
{
    private const string Fence = "---";

    private readonly Problems _problems = new(name);

    public Prompt Read(string text)
    {
        text = text.ReplaceLineEndings("\n");
        var end = text.StartsWith(Fence + "\n", StringComparison.Ordinal)
            ? text.IndexOf("\n" + Fence + "\n", StringComparison.Ordinal)
            : -1;
        if (end < 0)
        {
            _problems.Add(1, 1, "a prompt begins with its front matter between two lines of '---'");
            _problems.ThrowIfAny();
        }
        // The first fence's line stays as an empty one, so that lines count as in the file.
        var tree = YamlTree.Parse(text[Fence.Length..(end + 1)], _problems);
        _problems.ThrowIfAny();
        var prompt = ReadFrontMatter(new Fields(tree ?? new YamlScalar(2, 1, "", Quoted: false), PromptShapes.File, "", _problems));
        var bodyStart = end + Fence.Length + 2;
        prompt = prompt with { Parts = ReadTemplate(text[bodyStart..], text.AsSpan(0, bodyStart).Count('\n') + 1, prompt.Variables) };
        _problems.ThrowIfAny();
        return prompt;
    }

    private static Prompt ReadFrontMatter(Fields file)
    {
        file.Require("input");
        var config = file.Group("config", PromptShapes.Config);
        file.Group("output", PromptShapes.Output)?.Word("format", "text");
        return new Prompt
        {
            Model = file.Text("model"),
            Variables = [.. (file.Group("input", PromptShapes.Input)?.Entries("schema") ?? []).Select(e => e.Key.Value)],
            Temperature = (float?)config?.Number("temperature", 0, 2),
            TopP = (float?)config?.Number("topP", 0, 1),
            MaxOutputTokens = config?.Whole("maxOutputTokens", 1, 1_000_000),
            StopSequences = [.. (config?.Words("stopSequences") ?? []).Select(s => s.Value)],
        };
    }

    private ImmutableArray<PromptPart> ReadTemplate(string body, int firstLine, ImmutableArray<string> variables)
    {
        var parts = ImmutableArray.CreateBuilder<PromptPart>();
        var at = 0;
        foreach (Match match in Tag().Matches(body))
        {
            parts.Add(new PromptText(body[at..match.Index]));
            at = match.Index + match.Length;
            if (ReadTag(match.Groups[1].Value.Trim(), variables) is { } part)
                parts.Add(part);
            else
                Unknown(match, body, firstLine, variables);
        }
        parts.Add(new PromptText(body[at..]));
        return parts.ToImmutable();
    }

    private static PromptPart? ReadTag(string tag, ImmutableArray<string> variables) => tag switch
    {
        "history" => new PromptHistory(),
        "role \"system\"" => new PromptRole(ChatRole.System),
        "role \"user\"" => new PromptRole(ChatRole.User),
        "role \"model\"" => new PromptRole(ChatRole.Assistant),
        _ when variables.Contains(tag) => new PromptVariable(tag),
        _ => null,
    };

    private void Unknown(Match match, string body, int firstLine, ImmutableArray<string> variables)
    {
        var before = body.AsSpan(0, match.Index);
        var known = variables.AddRange("history", "role \"system\"", "role \"user\"", "role \"model\"");
        var tag = match.Groups[1].Value.Trim();
        _problems.Add(firstLine + before.Count('\n'), match.Index - before.LastIndexOf('\n'),
            $"unknown variable '{{{{{tag}}}}}'; the front matter declares {string.Join(", ", variables)}", Nearest.To(tag, known));
    }

    [GeneratedRegex(@"\{\{(.*?)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
