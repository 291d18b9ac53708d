using System.Globalization;
using System.Text;

namespace Cairn.Models;

/// <summary>
/// Writes the meters. Names are those of the GenAI conventions as Prometheus spells them; what they do not name begins with <c>cairn_</c>.
/// </summary>
internal sealed class GatewayMetrics(GatewayMeter meter, Targets targets) : IGatewayMetrics
{
    public string Text()
    {
        var text = new StringBuilder();
        var models = targets.All.OrderBy(t => t.Text, StringComparer.Ordinal).ToList();
        Family(text, "cairn_gateway_calls_total", "counter", "Calls that came in, over HTTP and from apps.");
        Line(text, "cairn_gateway_calls_total", "", meter.Calls);
        Family(text, "cairn_gateway_calls_active", "gauge", "Calls under way.");
        Line(text, "cairn_gateway_calls_active", "", meter.Active);
        Family(text, "cairn_gateway_cache_hits_total", "counter", "Calls that the reply cache answered.");
        Line(text, "cairn_gateway_cache_hits_total", "", meter.CacheHits);
        Family(text, "cairn_gateway_cache_similar_total", "counter", "Those of the hits whose question was not equal but meant the same.");
        Line(text, "cairn_gateway_cache_similar_total", "", meter.SimilarHits);
        Family(text, "cairn_gateway_errors_total", "counter", "Calls that ended with an error, by its code.");
        foreach (var (code, count) in meter.Errors.OrderBy(e => e.Key, StringComparer.Ordinal))
            Line(text, "cairn_gateway_errors_total", $"error_type=\"{Label(code)}\"", count);
        Family(text, "cairn_gateway_call_duration_seconds", "histogram", "From a call's first byte in to its last byte out.");
        Write(text, "cairn_gateway_call_duration_seconds", "", meter.Duration);
        var routes = meter.Routes.OrderBy(r => r.Key, StringComparer.Ordinal).ToList();
        Family(text, "cairn_gateway_route_calls_total", "counter", "Calls of a route, by where their reply came from.");
        foreach (var (route, counts) in routes)
        {
            foreach (var (cache, calls) in counts.Calls)
                Line(text, "cairn_gateway_route_calls_total", $"cairn_route=\"{Label(route)}\",cairn_cache=\"{cache}\"", calls);
        }
        Family(text, "cairn_gateway_fallbacks_total", "counter", "Attempts beyond a call's first.");
        foreach (var (route, counts) in routes)
            Line(text, "cairn_gateway_fallbacks_total", $"cairn_route=\"{Label(route)}\"", counts.Fallbacks);
        WriteAttempts(text, [.. meter.Attempts.All.Select(a => (Labels(a.Key), a.Value))]);
        Family(text, "cairn_gateway_model_resting", "gauge", "1 while a model is left alone after failures.");
        foreach (var model in models)
            Line(text, "cairn_gateway_model_resting", Labels(model), model.RestLeft is null ? 0 : 1);
        return text.ToString();
    }

    private static void WriteAttempts(StringBuilder text, List<(string Labels, AttemptMeter Meter)> attempts)
    {
        Family(text, "cairn_gateway_attempts_total", "counter", "Attempts at a model.");
        foreach (var (labels, counts) in attempts)
            Line(text, "cairn_gateway_attempts_total", labels, counts.Attempts);
        Family(text, "cairn_gateway_attempt_failures_total", "counter", "Attempts that failed, by code.");
        foreach (var (labels, counts) in attempts)
        {
            foreach (var (code, count) in counts.Failures.OrderBy(f => f.Key, StringComparer.Ordinal))
                Line(text, "cairn_gateway_attempt_failures_total", $"{labels},error_type=\"{Label(code)}\"", count);
        }
        Family(text, "cairn_gateway_cost_usd_total", "counter", "What models have cost, where their price is known.");
        foreach (var (labels, counts) in attempts)
            text.Append(CultureInfo.InvariantCulture, $"cairn_gateway_cost_usd_total{{{labels}}} {counts.Cost}\n");
        Family(text, "gen_ai_client_operation_duration_seconds", "histogram", "From an attempt's begin to its end.");
        foreach (var (labels, counts) in attempts)
            Write(text, "gen_ai_client_operation_duration_seconds", labels, counts.Duration);
        Family(text, "gen_ai_client_operation_time_to_first_chunk_seconds", "histogram", "From an attempt's begin to its reply's.");
        foreach (var (labels, counts) in attempts)
            Write(text, "gen_ai_client_operation_time_to_first_chunk_seconds", labels, counts.FirstChunk);
        Family(text, "gen_ai_client_token_usage", "histogram", "Tokens used by an attempt, by type.");
        foreach (var (labels, counts) in attempts)
        {
            Write(text, "gen_ai_client_token_usage", labels + ",gen_ai_token_type=\"input\"", counts.InputTokens);
            Write(text, "gen_ai_client_token_usage", labels + ",gen_ai_token_type=\"output\"", counts.OutputTokens);
        }
    }

    private static void Family(StringBuilder text, string name, string kind, string help)
        => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {kind}\n");

    private static void Line(StringBuilder text, string name, string labels, long value)
        => text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length == 0 ? "" : $"{{{labels}}}")} {value}\n");

    private static void Write(StringBuilder text, string name, string labels, Histogram histogram)
    {
        var counts = histogram.Counts;
        var (all, comma) = (0L, labels.Length == 0 ? "" : ",");
        for (var i = 0; i < counts.Length; i++)
        {
            all += counts[i];
            var bound = i < histogram.UpperBounds.Count ? histogram.UpperBounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Line(text, name + "_bucket", $"{labels}{comma}le=\"{bound}\"", all);
        }
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{(labels.Length == 0 ? "" : $"{{{labels}}}")} {histogram.Sum}\n");
        Line(text, name + "_count", labels, all);
    }

    private static string Labels(AttemptKey key)
        => $"cairn_route=\"{Label(key.Route)}\",gen_ai_operation_name=\"{Label(key.Operation)}\","
            + $"gen_ai_provider_name=\"{Label(key.Provider)}\",gen_ai_request_model=\"{Label(key.Model)}\"";

    private static string Labels(Target model)
        => $"gen_ai_provider_name=\"{Label(model.Name.Provider)}\",gen_ai_request_model=\"{Label(model.Name.Model)}\"";

    private static string Label(string value)
        => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}
