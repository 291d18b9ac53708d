using System.Text.Json;
using Cairn.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests;

/// <summary>
/// Spans and metrics as a collector gets them. A server that stops sends what is left, so nothing here waits for an interval.
/// </summary>
public sealed class TelemetryExportTests
{
    private const string Models = """
        version: 1
        models:
          providers:
            demo: { kind: scripted, script: demo.yaml }
          routes:
            default: [ demo/one ]

        """;

    [Fact]
    public async Task A_call_reaches_the_collector_as_spans_and_metrics_without_a_word_of_its_text()
    {
        await using var collector = await FakeCollector.StartAsync();
        string trace;
        await using (var server =
            await StartAsync($"telemetry: {{ otlp: {collector.Address}, headers: {{ authorization: \"${{secret:otlp}}\" }} }}\n"))
            trace = await CallAsync(server);
        Assert.All(collector.Received, r => Assert.Equal("Bearer a, b=c", r.Authorization));
        foreach (var text in new[] { "chat default", "chat one", "gen_ai.provider.name", "gen_ai.usage.input_tokens", "cairn.cache",
            "service.name", "cairn" })
            Assert.True(collector.Holds("/v1/traces", text), text);
        Assert.True(collector.Holds("/v1/traces", Convert.FromHexString(trace)), "the exported trace has the call's own name");
        foreach (var text in new[] { "gen_ai.client.operation.duration", "gen_ai.client.operation.time_to_first_chunk",
            "gen_ai.client.token.usage", "cairn.gateway.call.duration", "cairn.route" })
            Assert.True(collector.Holds("/v1/metrics", text), text);
        Assert.DoesNotContain(collector.Received,
            r => System.Text.Encoding.UTF8.GetString(r.Body) is var sent
                && (sent.Contains("planted question", StringComparison.Ordinal) || sent.Contains("ready when", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_call_stands_below_the_span_that_its_caller_names()
    {
        await using var collector = await FakeCollector.StartAsync();
        await using (var server = await StartAsync($"telemetry: {{ otlp: {collector.Address} }}\n"))
            await CallAsync(server, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Assert.True(collector.Holds("/v1/traces", Convert.FromHexString("0af7651916cd43dd8448eb211c80319c")));
        Assert.True(collector.Holds("/v1/traces", Convert.FromHexString("b7ad6b7169203331")));
    }

    [Fact]
    public async Task The_environment_s_standard_variables_are_enough_and_gRPC_is_spoken_too()
    {
        await using var collector = await FakeCollector.StartAsync(grpc: true);
        await using (var server = await StartAsync("",
            new()
            {
                [TelemetrySettings.Endpoint] = collector.Address,
                [TelemetrySettings.Protocol] = "grpc",
                [TelemetrySettings.Service] = "harbour",
            }))
            await CallAsync(server);
        Assert.True(collector.Holds("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "harbour"));
        Assert.True(collector.Holds("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "gen_ai.client.token.usage"));
    }

    [Fact]
    public async Task What_the_file_says_goes_nowhere_else_whatever_variable_of_one_signal_is_set()
    {
        await using var collector = await FakeCollector.StartAsync();
        await using var other = await FakeCollector.StartAsync();
        var variables = new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = other.Address + "/v1/traces",
            ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] = "grpc",
        };
        await using (var server = await StartAsync($"telemetry: {{ otlp: {collector.Address} }}\n", variables))
            await CallAsync(server, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Assert.Empty(other.Received);
        Assert.True(collector.Holds("/v1/traces", Convert.FromHexString("0af7651916cd43dd8448eb211c80319c")));
    }

    [Fact]
    public async Task What_is_switched_off_stays_here()
    {
        await using var collector = await FakeCollector.StartAsync();
        await using (var server = await StartAsync("",
            new() { [TelemetrySettings.Endpoint] = collector.Address, ["OTEL_TRACES_EXPORTER"] = "none" }))
            await CallAsync(server);
        Assert.DoesNotContain(collector.Received, r => r.Path == "/v1/traces");
        Assert.True(collector.Holds("/v1/metrics", "cairn.route"));
        collector.Received.Clear();
        await using (var server = await StartAsync("",
            new() { [TelemetrySettings.Endpoint] = collector.Address, ["OTEL_SDK_DISABLED"] = "true" }))
            await CallAsync(server);
        await using (var server = await StartAsync(""))
            await CallAsync(server);
        Assert.Empty(collector.Received);
    }

    [Fact]
    public async Task The_doctor_says_when_nothing_arrives()
    {
        await using var server = await StartAsync("",
            new() { [TelemetrySettings.Endpoint] = "http://127.0.0.1:9", ["OTEL_METRIC_EXPORT_INTERVAL"] = "20" });
        await CallAsync(server);
        var check = server.Host.Services.GetRequiredService<TelemetryExport>();
        IReadOnlyList<DoctorFinding> findings = [];
        await GatewayServer.UntilAsync(() => (findings = check.CheckAsync(default).Result)[0].Status == DoctorStatus.Warning);
        Assert.StartsWith("does not reach http://127.0.0.1:9: ", Assert.Single(findings).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, true, "gRPC status 16 (unauthenticated)")]
    [InlineData(12, false, "gRPC status 12 (unimplemented)")]
    public async Task A_refusal_over_gRPC_is_no_delivery(int status, bool body, string why)
    {
        await using var collector = await FakeCollector.StartAsync(grpc: true, status, body);
        TelemetryExport check;
        await using (var server = await StartAsync(
            $"telemetry: {{ otlp: {collector.Address}, protocol: grpc }}\n", new() { ["OTEL_TRACES_EXPORTER"] = "none" }))
        {
            await CallAsync(server);
            check = server.Host.Services.GetRequiredService<TelemetryExport>();
        }
        Assert.Equal($"does not reach {collector.Address}: {why}", Assert.Single(await check.CheckAsync(default)).Detail);
    }

    [Theory]
    [InlineData(TelemetrySettings.Endpoint, "nonsense", "OTEL_EXPORTER_OTLP_ENDPOINT is 'nonsense'")]
    [InlineData(TelemetrySettings.Protocol, "http/json", "OTEL_EXPORTER_OTLP_PROTOCOL is 'http/json'")]
    public async Task What_cannot_be_meant_is_refused_at_the_start(string name, string value, string message)
    {
        var variables = new Dictionary<string, string?> { [TelemetrySettings.Endpoint] = "http://127.0.0.1:9", [name] = value };
        var refused = await Assert.ThrowsAsync<CairnException>(() => StartAsync("", variables));
        Assert.Equal("telemetry.setting", refused.Code);
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<string> CallAsync(TestServer server, string? parent = null)
    {
        // On a busy machine even loopback takes its time.
        server.Host.Services.GetRequiredService<TelemetryExport>().PatienceAtTheEnd = 60_000;
        using var client = await server.KeyClientAsync("ann");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { model = "default",
                messages = new[] { new { role = "user", content = "planted question" } } })),
        };
        if (parent is not null)
            request.Headers.Add("traceparent", parent);
        using var response = await client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return response.Headers.GetValues("x-cairn-trace").Single();
    }

    private static Task<TestServer> StartAsync(string telemetry, Dictionary<string, string?>? variables = null) => TestServer.StartAsync(
        options =>
        {
            File.WriteAllText(Path.Combine(options.Workspace, "demo.yaml"),
                "version: 1\nturns:\n  - { reply: ready when you are, usage: { input: 7, output: 4 } }\n");
            var secrets = Directory.CreateDirectory(Path.Combine(options.Workspace, ".cairn", "secrets")).FullName;
            File.WriteAllText(Path.Combine(secrets, "otlp"), "Bearer a, b=c");
            return options;
        },
        Models + telemetry,
        // The test's own environment, not that of its process.
        services => services.AddSingleton<ISettings>(p => new WorkspaceSettings(
            Path.Combine(p.GetRequiredService<CairnHostOptions>().Workspace, ".cairn", "secrets"),
            name => variables?.GetValueOrDefault(name), p.GetRequiredService<ISecretStore>())));
}
