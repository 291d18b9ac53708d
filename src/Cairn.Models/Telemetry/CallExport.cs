using System.Diagnostics;

namespace Cairn.Models;

/// <summary>
/// Tells each call over HTTP, once it has ended, as spans of <see cref="SourceName"/>: the call, and below it its attempts. They are made
/// after the fact, so that a call on its way carries none, and only where somebody listens (an OpenTelemetry export). Calls from inside are
/// spans of
/// <see cref="CairnTracing.Source"/> already.
/// </summary>
public static class CallExport
{
    public const string SourceName = "Cairn.Gateway";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>What the next root of this thread is to be called: the call's trace has its name already.</summary>
    [ThreadStatic]
    private static ActivityTraceId? _next;

    static CallExport() => Activity.TraceIdGenerator = static () => _next ?? ActivityTraceId.CreateRandom();

    internal static void Tell(CallRecord call)
    {
        if (!Source.HasListeners())
            return;
        var around = Activity.Current;
        Activity.Current = null;
        try
        {
            _next = call.Trace;
            using var root = Source.StartActivity($"{call.Operation} {call.Model}", ActivityKind.Server, call.Parent,
                startTime: call.Started);
            _next = null;
            if (root is null)
                return;
            root.SetTag("gen_ai.operation.name", call.Operation).SetTag("gen_ai.request.model", call.Model)
                .SetTag("cairn.protocol", call.Protocol?.ToString())
                .SetTag("cairn.cache", call.CacheState).SetTag("cairn.cache.distance", call.CacheDistance)
                .SetTag("cairn.trace", call.Trace.ToHexString())
                .SetTag("cairn.key.id", call.Origin.Key).SetTag("gen_ai.conversation.id", call.Origin.Conversation);
            foreach (var attempt in call.Attempts)
                Tell(call, attempt, root.Context);
            End(root, call.Started + call.Took, call.Error);
        }
        finally
        {
            _next = null;
            Activity.Current = around;
        }
    }

    private static void Tell(CallRecord call, AttemptRecord attempt, ActivityContext parent)
    {
        var began = call.Started + attempt.Began;
        using var span = Source.StartActivity($"{attempt.Operation ?? call.Operation} {attempt.Model.Model}", ActivityKind.Client, parent,
            startTime: began);
        if (span is null)
            return;
        foreach (var (name, value) in CallSpans.AttributesOf(call, attempt))
            span.SetTag(name, value is decimal exact ? (double)exact : value);
        End(span, began + attempt.Took, attempt.Error);
    }

    private static void End(Activity span, DateTimeOffset at, string? error)
    {
        if (error is not null)
            span.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error, error);
        span.SetEndTime(at.UtcDateTime);
    }
}
