using Cairn.Apps;
using Cairn.Models;

namespace Cairn.Server;

/// <summary>
/// What an export is set to, by the names of OpenTelemetry's own variables
/// (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ and
/// https://opentelemetry.io/docs/specs/otel/protocol/exporter/): the environment, and before it <c>cairn.yaml</c>.
/// </summary>
internal static class TelemetrySettings
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    public const string Headers = "OTEL_EXPORTER_OTLP_HEADERS";
    public const string Service = "OTEL_SERVICE_NAME";

    private static readonly string[] Endpoints = [Endpoint, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    private static readonly string[] Known =
    [
        .. Endpoints, Protocol, Headers, Service, "OTEL_SDK_DISABLED", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_TRACES_EXPORTER",
        "OTEL_METRICS_EXPORTER", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG",
        "OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
        "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
        "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "OTEL_EXPORTER_OTLP_METRICS_HEADERS", "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT",
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
        "OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_EXPORT_TIMEOUT", "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_METRIC_EXPORT_TIMEOUT",
        "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
    ];

    private static readonly string[] OfOneSignal =
    [
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
        "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL",
        "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_METRICS_HEADERS",
    ];

    /// <returns>null where nothing is to leave.</returns>
    /// <exception cref="CairnException"><c>telemetry.setting</c>: an address or protocol is none, or a reference leads nowhere.</exception>
    public static Dictionary<string, string?>? Of(TelemetryDeclaration declared, ISettings settings)
    {
        var all = Known.Select(name => (Name: name, Value: settings.FindEnvironment(name))).Where(s => s.Value is not null)
            .ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal);
        if (string.Equals(all.GetValueOrDefault("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            return null;
        if (declared.Otlp is { } otlp)
        {
            // A variable of one signal would lead it, and the headers of cairn.yaml, elsewhere.
            foreach (var name in OfOneSignal)
                all.Remove(name);
            all[Endpoint] = Resolve(otlp, "telemetry.otlp", settings);
        }
        if (!Endpoints.Any(all.ContainsKey))
            return null;
        foreach (var name in Endpoints)
        {
            if (all.TryGetValue(name, out var address)
                && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
                throw Wrong(declared.Otlp is null
                    ? $"{name} is '{address}', which is no address."
                    : "What 'telemetry.otlp' in cairn.yaml leads to is no address.", "Write one such as http://127.0.0.1:4318.");
        }
        all[Protocol] = declared.Protocol ?? all.GetValueOrDefault(Protocol) ?? "http/protobuf";
        if (all[Protocol] is not ("http/protobuf" or "grpc"))
            throw Wrong($"{Protocol} is '{all[Protocol]}', which is not spoken here.", "Write http/protobuf or grpc.");
        if (!declared.Headers.IsEmpty)
            all.Remove(Headers);
        all[Service] = declared.Service ?? all.GetValueOrDefault(Service) ?? "cairn";
        return all;
    }

    /// <summary>The headers of <c>cairn.yaml</c>. They do not go by way of the variable: the exporter cuts values at commas.</summary>
    /// <exception cref="CairnException"><c>telemetry.setting</c>: a reference leads nowhere.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> HeadersOf(TelemetryDeclaration declared, ISettings settings)
        => [.. declared.Headers.Select(h => KeyValuePair.Create(h.Key, Resolve(h.Value, $"telemetry.headers.{h.Key}", settings)))];

    private static string Resolve(Setting setting, string place, ISettings settings)
        => setting.Resolve(settings)
            ?? throw Wrong($"'{place}' in cairn.yaml leads nowhere: {string.Join("; ", setting.Missing(settings))}.",
                "Set it, or take the line out.");

    private static CairnException Wrong(string what, string fix) => new(ErrorKind.Input, "telemetry.setting", what, fix);
}
