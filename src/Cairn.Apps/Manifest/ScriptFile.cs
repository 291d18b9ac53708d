using System.Text.RegularExpressions;
using Cairn.Models;
using Microsoft.Extensions.AI;

namespace Cairn.Apps;

/// <summary>Reads the script of a provider of the kind <c>scripted</c> (docs/scripted-model.md): YAML or JSON.</summary>
public static class ScriptFile
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    /// <exception cref="ManifestException">Every mistake in the file.</exception>
    public static Script Load(string file, string name) => Parse(WorkspaceText.Read(file, name), name) with { File = file };

    public static Script Parse(string text, string name)
    {
        var problems = new Problems(name);
        var tree = YamlTree.Parse(text, problems);
        problems.ThrowIfAny();
        var file = new Fields(tree ?? new YamlScalar(1, 1, "", Quoted: false), ScriptShapes.File, "", problems);
        file.Require("version", "turns");
        file.Whole("version", 1, 1);
        var dimensions = file.Group("embeddings", ScriptShapes.Embeddings) is { } embeddings
            ? embeddings.Whole("dimensions", 1, 4096) ?? 16
            : 0;
        var script = new Script([.. file.Groups("turns", ScriptShapes.Turn).Select(ReadTurn)], dimensions) { Source = text };
        problems.ThrowIfAny();
        return script;
    }

    private static ScriptTurn ReadTurn(Fields turn)
    {
        if (turn.Has("contains") && turn.Has("matches"))
            turn.Problem("matches", "a turn has either 'contains' or 'matches'");
        if (!turn.Has("reply") && !turn.Has("fail") && !turn.Has("calls"))
            turn.Require("reply");
        return new()
        {
            Contains = turn.Text("contains"),
            Matches = ReadPattern(turn),
            Results = turn.Whole("results", 0, 1000),
            Reasoning = turn.Text("reasoning") ?? "",
            Reply = turn.Text("reply") ?? "",
            Calls = [.. turn.Groups("calls", ScriptShapes.Call).Select(ReadCall).OfType<ScriptCall>()],
            Logprob = turn.Number("logprob", -100, 0),
            Finish = turn.Word("finish", "stop", "length", "tool_calls", "content_filter") is { } finish
                ? new ChatFinishReason(finish)
                : null,
            Usage = turn.Group("usage", ScriptShapes.Usage) is { } usage ? ReadUsage(usage) : null,
            PieceLength = turn.Whole("pieceLength", 0, 100_000) ?? 12,
            Delay = turn.Wait("delay") ?? TimeSpan.Zero,
            PieceDelay = turn.Wait("pieceDelay") ?? TimeSpan.Zero,
            Failure = turn.Group("fail", ScriptShapes.Failure) is { } failure ? ReadFailure(failure) : null,
        };
    }

    private static ScriptCall? ReadCall(Fields call)
    {
        call.Require("name");
        return call.Text("name") is { } name ? new(name, call.Text("arguments") ?? "{}", call.Text("id")) : null;
    }

    private static CallUsage ReadUsage(Fields usage)
    {
        const int Most = 1_000_000_000;
        return new(Count("input"), Count("cacheRead"), Count("cacheWrite"), Count("output"), Count("reasoning"));
        int Count(string name) => usage.Whole(name, 0, Most) ?? 0;
    }

    private static Regex? ReadPattern(Fields turn)
    {
        if (turn.Text("matches") is not { } pattern)
            return null;
        try
        {
            return new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchLimit);
        }
        catch (ArgumentException e)
        {
            turn.Problem("matches", "this is no regular expression: " + e.Message);
            return null;
        }
    }

    private static ScriptFailure? ReadFailure(Fields failure)
    {
        failure.Require("kind");
        var after = failure.Whole("after", 0, 1_000_000) ?? 0;
        var status = failure.Whole("status", 400, 599);
        var kind = failure.Word("kind", "hang", "close", "html", "status");
        if (kind == "status" != failure.Has("status"))
            failure.Problem("status", "'status' is a number from 400 to 599 and belongs to the kind 'status'");
        return kind switch
        {
            "hang" => new() { Kind = ScriptFailureKind.Hang, After = after },
            "close" => new() { Kind = ScriptFailureKind.Close, After = after },
            "html" => new() { Kind = ScriptFailureKind.Html, After = after },
            "status" => new()
            {
                Kind = ScriptFailureKind.Status,
                After = after,
                StatusCode = status ?? 500,
                RetryAfter = failure.Duration("retryAfter"),
            },
            _ => null,
        };
    }
}
