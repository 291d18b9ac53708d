using System.Collections.Immutable;
using System.Globalization;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>A call through the gateway as a trace: the call, and below it each attempt, by the names of the GenAI conventions.</summary>
internal static class CallTrace
{
    /// <summary>Stands where other traces name their app.</summary>
    public const string App = "gateway";

    public static Trace Of(CallRecord call)
    {
        var id = call.Trace.ToHexString();
        var root = new Span
        {
            Id = id[..16],
            Name = "call",
            Start = 0,
            Milliseconds = Math.Round(call.Took.TotalMilliseconds, 3),
            Error = call.Error,
            Attributes = RootAttributes(call).ToImmutableDictionary(StringComparer.Ordinal),
        };
        var attempts = call.Attempts.Select((attempt, i) => new Span
        {
            Id = i.ToString("x16", CultureInfo.InvariantCulture),
            Parent = root.Id,
            Name = $"{attempt.Operation ?? call.Operation} {attempt.Model.Model}",
            Start = Math.Round(attempt.Began.TotalMilliseconds, 3),
            Milliseconds = Math.Round(attempt.Took.TotalMilliseconds, 3),
            Error = attempt.Error,
            Attributes = CallSpans.AttributesOf(call, attempt)
                .ToImmutableDictionary(a => a.Key, a => CallSpans.Text(a.Value), StringComparer.Ordinal),
        });
        return new Trace(id, App, call.Origin.Caller.User, call.Started, [root, .. attempts]);
    }

    private static Dictionary<string, string> RootAttributes(CallRecord call)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["gen_ai.operation.name"] = call.Operation,
            ["gen_ai.request.model"] = call.Model,
            ["cairn.protocol"] = call.Protocol?.ToString() ?? "",
            ["cairn.cache"] = call.CacheState,
        };
        if (call.CacheDistance is { } distance)
            attributes["cairn.cache.distance"] = distance.ToString("0.####", CultureInfo.InvariantCulture);
        if (call.Origin.Key is { } key)
            attributes["cairn.key.id"] = key;
        if (call.Origin.Conversation is { } conversation)
            attributes["gen_ai.conversation.id"] = conversation;
        if (call.Error is { } error)
            attributes["error.type"] = error;
        return attributes;
    }
}
