using Cairn.Models;

namespace Cairn.Apps;

/// <summary>Reads the <c>telemetry</c> section of <c>cairn.yaml</c>.</summary>
internal static class TelemetryReader
{
    public static TelemetryDeclaration Read(Fields? telemetry)
    {
        if (telemetry is null)
            return TelemetryDeclaration.Empty;
        var otlp = telemetry.Setting("otlp");
        if (otlp is { HasReferences: false }
            && !(Uri.TryCreate(otlp.Text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            telemetry.Problem("otlp", $"'{otlp.Text}' is no address such as http://127.0.0.1:4318");
        var headers = telemetry.Settings("headers");
        foreach (var (name, _) in headers.Where(h => ProviderReader.IsSecret(h.Key) && !h.Value.HasReferences))
            telemetry.Problem("headers",
                $"the value of '{name}' looks like a key and does not belong into a file under Git; write ${{env:NAME}} or ${{secret:NAME}}");
        return new()
        {
            Otlp = otlp,
            Protocol = telemetry.Word("protocol", "http/protobuf", "grpc"),
            Headers = headers,
            Service = telemetry.Text("service"),
        };
    }
}
