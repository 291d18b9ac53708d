using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Cairn.Models;

/// <summary>
/// Measures each call for whoever listens to <see cref="MeterName"/> (an OpenTelemetry export): the instruments of the GenAI conventions,
/// and under <c>cairn.</c> what these have no name for. Without a listener a call costs a few comparisons.
/// </summary>
public static class CallInstruments
{
    public const string MeterName = "Cairn";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> Operation = Meter.CreateHistogram("gen_ai.client.operation.duration", "s",
        "Attempts at a model.", advice: Durations);
    private static readonly Histogram<double> FirstChunk = Meter.CreateHistogram("gen_ai.client.operation.time_to_first_chunk", "s",
        "From an attempt's begin to its reply's.", advice: Durations);
    private static readonly Histogram<long> Tokens = Meter.CreateHistogram("gen_ai.client.token.usage", "{token}", "Tokens used, by type.",
        advice: new InstrumentAdvice<long>
    {
        HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
    });

    private static readonly Histogram<double> Call = Meter.CreateHistogram("cairn.gateway.call.duration", "s",
        "From a call's first byte in to its last byte out, by route.", advice: Durations);
    private static readonly Counter<long> Fallbacks = Meter.CreateCounter<long>("cairn.gateway.fallbacks", "{attempt}",
        "Attempts beyond a call's first, by route.");
    private static readonly Counter<double> Cost = Meter.CreateCounter<double>("cairn.gateway.cost", "{USD}",
        "What models have cost, where their price is known.");

    private static InstrumentAdvice<double> Durations => new() { HistogramBucketBoundaries = Histogram.Bounds };

    internal static void Measure(CallRecord call)
    {
        if (!Call.Enabled && !Operation.Enabled)
            return;
        var route = new KeyValuePair<string, object?>("cairn.route", call.Route ?? "");
        var tags = new TagList { route, { "gen_ai.operation.name", call.Operation }, { "cairn.cache", call.CacheState } };
        if (call.Error is { } error)
            tags.Add("error.type", error);
        Call.Record(call.Took.TotalSeconds, tags);
        foreach (var attempt in call.Attempts)
            Measure(call, attempt, route);
        if (call.Fallbacks is > 0 and var fallbacks)
            Fallbacks.Add(fallbacks, route);
    }

    private static void Measure(CallRecord call, AttemptRecord attempt, KeyValuePair<string, object?> route)
    {
        var tags = new TagList
        {
            { "gen_ai.operation.name", attempt.Operation ?? call.Operation }, { "gen_ai.provider.name", attempt.Model.Provider },
            { "gen_ai.request.model", attempt.Model.Model }, route,
        };
        if (attempt.FirstByte is { } first)
            FirstChunk.Record(first.TotalSeconds, tags);
        if (attempt.Cost is { } cost)
            Cost.Add((double)cost, tags);
        if (attempt.Usage != default)
        {
            Tokens.Record(attempt.Usage.Input, [.. tags, new("gen_ai.token.type", "input")]);
            Tokens.Record(attempt.Usage.Output, [.. tags, new("gen_ai.token.type", "output")]);
        }
        if (attempt.Error is { } error)
            tags.Add("error.type", error);
        Operation.Record(attempt.Took.TotalSeconds, tags);
    }
}
