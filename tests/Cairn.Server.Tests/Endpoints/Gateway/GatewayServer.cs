using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cairn.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests;

/// <summary>A server whose routes lead to raw providers, a client with a key, and what was reserved and recorded.</summary>
internal sealed class GatewayServer : IAsyncDisposable, ICallLog
{
    private readonly RawProvider[] _providers;

    private GatewayServer(RawProvider[] providers) => _providers = providers;

    public TestServer Server { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public FakeLedger Ledger { get; } = new();

    public ConcurrentQueue<CallRecord> Calls { get; } = [];

    public const string Limits = "limits: { connect: 20s, firstToken: 60s, betweenTokens: 60s, total: 120s }";

    /// <summary>Providers a, b, c in this order on the route <c>default</c>.</summary>
    public static Task<GatewayServer> StartAsync(params Func<RawExchange, Task>[] answers) => StartAsync(Limits, "", answers);

    /// <param name="route">Fields of the route beside its models.</param>
    public static async Task<GatewayServer> StartAsync(string limits, string route, params Func<RawExchange, Task>[] answers)
    {
        var made = new GatewayServer([.. answers.Select(a => new RawProvider(a))]);
        var settings = new StringBuilder("version: 1\nstorage: sqlite\nmodels:\n  providers:\n");
        for (var i = 0; i < answers.Length; i++)
            settings.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"    {(char)('a' + i)}: {{ kind: openai, baseUrl: \"http://127.0.0.1:{made._providers[i].Port}/v1\", {limits} }}\n");
        settings.Append("  routes:\n    default:\n      models: [" + string.Join(", ", answers.Select((_, i) => $"{(char)('a' + i)}/m"))
            + "]\n" + route);
        made.Server = await TestServer.StartAsync(settings: settings.ToString(),
            replace: services => services.AddSingleton<IBudgets>(made.Ledger).AddSingleton<ICallLog>(made));
        made.Client = await made.Server.KeyClientAsync("ann");
        return made;
    }

    public void Add(CallRecord call) => Calls.Enqueue(call);

    public RawProvider Provider(int number) => _providers[number];

    public Task<HttpResponseMessage> ChatAsync(
        bool stream = false, string model = "default", string rest = "", CancellationToken cancellationToken = default)
        => PostAsync("/v1/chat/completions", Chat(stream, model, rest), cancellationToken);

    public static string Chat(bool stream, string model = "default", string rest = "")
        => $"{{\"model\":\"{model}\",\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}}]{(stream ? ",\"stream\":true" : "")}{rest}}}";

    public static string Message(bool stream, string model = "default")
        => $"{{\"model\":\"{model}\",\"max_tokens\":50,\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}}]{(stream ? ",\"stream\":true" : "")}}}";

    public Task<HttpResponseMessage> PostAsync(string path, string body, CancellationToken cancellationToken = default)
        => Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body,
                new MediaTypeHeaderValue("application/json")) },
            HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Status and code of an error in OpenAI's form.</summary>
    public static async Task<(int Status, string Code)> ErrorAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            using var json = JsonDocument.Parse(text);
            var error = json.RootElement.GetProperty("error");
            Assert.NotEmpty(error.GetProperty("message").GetString()!);
            Assert.NotEmpty(error.GetProperty("type").GetString()!);
            return ((int)response.StatusCode, error.GetProperty("code").GetString()!);
        }
    }

    /// <summary>
    /// Returns when something that follows from a request has come true; a test that waits in vain fails by its time limit.
    /// </summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(started.Elapsed < TimeSpan.FromSeconds(30), "It never came true.");
            await Task.Delay(5);
        }
    }

    /// <summary>Every attempt has ended, nothing is reserved any more, and no connection waits for anything.</summary>
    public async Task NothingIsLeftAsync()
    {
        await UntilAsync(() => _providers.All(p => p.InFlight == 0) && Ledger.Entries.All(e => e.Released || e.Settled is not null));
        Assert.All(Calls.SelectMany(c => c.Attempts), a => Assert.True(a.Took > TimeSpan.Zero));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        foreach (var provider in _providers)
            await provider.DisposeAsync();
    }
}
