using System.Diagnostics;
using System.Globalization;

namespace Cairn.Models;

/// <summary>Tells a call from inside as spans below the step that made it, by the names of OpenTelemetry's GenAI conventions.</summary>
public static class CallSpans
{
    internal static void Tell(CallRecord call)
    {
        if (Activity.Current is null)
            return;
        foreach (var attempt in call.Attempts)
        {
            var began = call.Started + attempt.Began;
            using var span = CairnTracing.Source.StartActivity($"{attempt.Operation ?? call.Operation} {attempt.Model.Model}",
                ActivityKind.Client, default(ActivityContext), null, null, began);
            if (span is null)
                continue;
            foreach (var (name, value) in AttributesOf(call, attempt))
                span.SetTag(name, value);
            if (attempt.Error is { } error)
                span.SetStatus(ActivityStatusCode.Error, error);
            span.SetEndTime((began + attempt.Took).UtcDateTime);
        }
    }

    /// <summary>What a span of one attempt says, by the conventions' names; numbers as numbers.</summary>
    public static IEnumerable<KeyValuePair<string, object>> AttributesOf(CallRecord call, AttemptRecord attempt)
    {
        yield return new("gen_ai.operation.name", attempt.Operation ?? call.Operation);
        yield return new("gen_ai.provider.name", attempt.Model.Provider);
        yield return new("gen_ai.request.model", attempt.Model.Model);
        if (call.Streamed && attempt.Operation is null)
            yield return new("gen_ai.request.stream", true);
        if (attempt.FirstByte is { } first)
            yield return new("gen_ai.response.time_to_first_chunk", Math.Round(first.TotalSeconds, 6));
        if (attempt.Usage != default)
        {
            yield return new("gen_ai.usage.input_tokens", attempt.Usage.Input);
            yield return new("gen_ai.usage.output_tokens", attempt.Usage.Output);
        }
        if (attempt.Usage.CacheRead > 0)
            yield return new("gen_ai.usage.cache_read.input_tokens", attempt.Usage.CacheRead);
        if (attempt.Usage.CacheWrite > 0)
            yield return new("gen_ai.usage.cache_creation.input_tokens", attempt.Usage.CacheWrite);
        if (attempt.Usage.Reasoning > 0)
            yield return new("gen_ai.usage.reasoning.output_tokens", attempt.Usage.Reasoning);
        if (attempt.UsageEstimated)
            yield return new("cairn.usage.estimated", true);
        if (attempt.Cost is { } cost)
            yield return new("cairn.cost.usd", cost);
        if (attempt.Hedged)
            yield return new("cairn.hedged", true);
        if (attempt.Error is { } error)
            yield return new("error.type", error);
    }

    /// <summary>An attribute's value where everything is text.</summary>
    public static string Text(object value)
        => value is bool truth ? truth ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
