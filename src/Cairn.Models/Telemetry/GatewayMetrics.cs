using System.Globalization;
using System.Text;

namespace Cairn.Models;

/// <summary>Writes the meters. Names are those of the GenAI conventions as Prometheus spells them; what they do not name begins with <c>cairn_</c>.</summary>
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
        Family(text, "gen_ai_client_operation_duration_seconds", "histogram", "Attempts at a model.");
        foreach (var model in models)
            Write(text, "gen_ai_client_operation_duration_seconds", Labels(model), model.Meter.Duration);
        Family(text, "gen_ai_client_operation_time_to_first_chunk_seconds", "histogram", "From an attempt's begin to its reply's.");
        foreach (var model in models)
            Write(text, "gen_ai_client_operation_time_to_first_chunk_seconds", Labels(model), model.Meter.FirstByte);
        Family(text, "gen_ai_client_token_usage_total", "counter", "Tokens used, by kind.");
        foreach (var model in models)
        {
            Line(text, "gen_ai_client_token_usage_total", Labels(model) + ",gen_ai_token_type=\"input\"", model.Meter.InputTokens);
            Line(text, "gen_ai_client_token_usage_total", Labels(model) + ",gen_ai_token_type=\"output\"", model.Meter.OutputTokens);
        }
        Family(text, "cairn_gateway_attempt_failures_total", "counter", "Attempts that failed, by code.");
        foreach (var model in models)
        {
            foreach (var (code, count) in model.Meter.Failures.OrderBy(f => f.Key, StringComparer.Ordinal))
                Line(text, "cairn_gateway_attempt_failures_total", $"{Labels(model)},error_type=\"{Label(code)}\"", count);
        }
        Family(text, "cairn_gateway_model_resting", "gauge", "1 while a model is left alone after failures.");
        foreach (var model in models)
            Line(text, "cairn_gateway_model_resting", Labels(model), model.RestLeft is null ? 0 : 1);
        return text.ToString();
    }

    private static void Family(StringBuilder text, string name, string kind, string help) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {kind}\n");

    private static void Line(StringBuilder text, string name, string labels, long value)
        => text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length == 0 ? "" : $"{{{labels}}}")} {value}\n");

    private static void Write(StringBuilder text, string name, string labels, Histogram histogram)
    {
        var counts = histogram.Counts;
        var (all, comma) = (0L, labels.Length == 0 ? "" : ",");
        for (var i = 0; i < counts.Length; i++)
        {
            all += counts[i];
            var bound = i < Histogram.Bounds.Length ? Histogram.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Line(text, name + "_bucket", $"{labels}{comma}le=\"{bound}\"", all);
        }
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{(labels.Length == 0 ? "" : $"{{{labels}}}")} {histogram.Seconds}\n");
        Line(text, name + "_count", labels, all);
    }

    private static string Labels(Target model) => $"gen_ai_provider_name=\"{Label(model.Name.Provider)}\",gen_ai_request_model=\"{Label(model.Name.Model)}\"";

    private static string Label(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
