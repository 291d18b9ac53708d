using Cairn.Apps;
using Cairn.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Cairn.Server;

/// <summary>
/// Sends spans and metrics over OpenTelemetry's protocol, where the workspace or the environment names a collector. They hold no text of a
/// prompt or an answer, as traces do not.
/// </summary>
internal sealed class TelemetryExport(WorkspaceFile workspace, ISettings settings, ILogger<TelemetryExport> logger)
    : IHostedService, IDoctorCheck, IDisposable
{
    private readonly List<ExportWatch> _watches = [];
    private string? _address;
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public int Order => 600;

    /// <summary>Milliseconds that a stop waits for what is left to go out; a test waits longer than a person would.</summary>
    internal int PatienceAtTheEnd { get; set; } = 3_000;

    /// <exception cref="CairnException"><c>telemetry.setting</c>.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (TelemetrySettings.Of(workspace.Telemetry, settings) is not { } set)
            return Task.CompletedTask;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(set).Build();
        if (Sends(set, "TRACES"))
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton<IConfiguration>(configuration))
                .ConfigureResource(Describe)
                .AddSource(CairnTracing.SourceName, CallExport.SourceName)
                .AddOtlpExporter(options => Prepare(options, set, "TRACES"))
                .Build();
        }
        if (Sends(set, "METRICS"))
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(services => services.AddSingleton<IConfiguration>(configuration))
                .ConfigureResource(Describe)
                .AddMeter(CallInstruments.MeterName)
                .AddOtlpExporter((options, _) => Prepare(options, set, "METRICS"))
                .Build();
        }
        return Task.CompletedTask;
    }

    /// <summary>What is left goes out first, if the collector takes it soon.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => _traces?.Shutdown(PatienceAtTheEnd), CancellationToken.None),
        Task.Run(() => _metrics?.Shutdown(PatienceAtTheEnd), CancellationToken.None));

    public Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        if (_address is null)
            return Task.FromResult<IReadOnlyList<DoctorFinding>>([]);
        var failure = _watches.Select(w => w.Failure).FirstOrDefault(f => f is not null);
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(
        [
            failure is null
                ? new("telemetry", DoctorStatus.Ok, $"goes to {_address}{(_watches.Any(w => w.Delivered) ? "" : "; nothing was sent yet")}")
                : new("telemetry", DoctorStatus.Warning, $"does not reach {_address}: {failure}",
                    $"Start the collector, or mend 'telemetry' in cairn.yaml or {TelemetrySettings.Endpoint}."),
        ]);
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static void Describe(ResourceBuilder resource)
        => resource.AddAttributes([new("service.version", typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3) ?? "0")]);

    /// <summary>Whether a signal has an address and was not switched off (<c>OTEL_TRACES_EXPORTER=none</c>).</summary>
    private static bool Sends(Dictionary<string, string?> set, string signal)
        => set.GetValueOrDefault($"OTEL_{signal}_EXPORTER") != "none"
            && (set.ContainsKey(TelemetrySettings.Endpoint) || set.ContainsKey($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"));

    private void Prepare(OtlpExporterOptions options, Dictionary<string, string?> set, string signal)
    {
        var address = new Uri(set.GetValueOrDefault($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") ?? set[TelemetrySettings.Endpoint]!);
        var watch = new ExportWatch(address, TelemetrySettings.HeadersOf(workspace.Telemetry, settings), logger);
        _watches.Add(watch);
        // Without a name and password that may stand in it.
        _address = $"{address.Scheme}://{address.Authority}";
        options.HttpClientFactory = () => new HttpClient(watch, disposeHandler: false) { Timeout = TimeSpan.FromMilliseconds(
            options.TimeoutMilliseconds) };
    }
}
