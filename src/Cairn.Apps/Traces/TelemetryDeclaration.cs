using System.Collections.Immutable;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>
/// The <c>telemetry</c> section of <c>cairn.yaml</c>: where traces and metrics go over OpenTelemetry's protocol. Each field goes before the
/// variable of the same meaning.
/// </summary>
public sealed record TelemetryDeclaration
{
    public static TelemetryDeclaration Empty { get; } = new();

    /// <summary>
    /// The collector's base address (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>); null: the variable decides, and without it nothing leaves.
    /// </summary>
    public Setting? Otlp { get; init; }

    /// <summary><c>http/protobuf</c> or <c>grpc</c> (<c>OTEL_EXPORTER_OTLP_PROTOCOL</c>).</summary>
    public string? Protocol { get; init; }

    /// <summary><c>OTEL_EXPORTER_OTLP_HEADERS</c>.</summary>
    public ImmutableDictionary<string, Setting> Headers { get; init; } = ImmutableDictionary<string, Setting>.Empty;

    /// <summary><c>OTEL_SERVICE_NAME</c>.</summary>
    public string? Service { get; init; }
}
