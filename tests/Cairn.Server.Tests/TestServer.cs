using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Knowledge;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests;

/// <summary>A running server of a fresh workspace, and clients as different people are.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private TestServer(TestWorkspace workspace, CairnHost host)
    {
        Workspace = workspace;
        Host = host;
        Owner = workspace.OwnerClient();
        Visitor = TestWorkspace.Client(host);
    }

    public TestWorkspace Workspace { get; }

    public CairnHost Host { get; }

    /// <summary>Over the socket.</summary>
    public HttpClient Owner { get; }

    /// <summary>Over TCP, as nobody.</summary>
    public HttpClient Visitor { get; }

    public static async Task<TestServer> StartAsync(
        Func<CairnHostOptions, CairnHostOptions>? change = null, string? settings = null, Action<IServiceCollection>? replace = null)
    {
        var workspace = new TestWorkspace(settings);
        var options = workspace.Options with { Port = 0 };
        return new(workspace, await CairnHost.StartAsync(change?.Invoke(options) ?? options, services =>
        {
            // A test's own program is no `cairn` that could start parsers.
            services.AddSingleton(new ParserOptions { WorkerCommand = [Path.Combine(AppContext.BaseDirectory,
                "Cairn.Knowledge.ParserWorker")] });
            replace?.Invoke(services);
        }, TestContext.Current.CancellationToken));
    }

    /// <summary>A client with a key of this user, who is made when need be.</summary>
    public async Task<HttpClient> KeyClientAsync(string user, params string[] groups)
    {
        using var added = await Owner.PostAsJsonAsync("/api/v1/users", new { name = user, groups });
        Assert.True(added.IsSuccessStatusCode || added.StatusCode == HttpStatusCode.Conflict);
        var key = await PostAsync(Owner, "/api/v1/keys", new { user });
        var client = TestWorkspace.Client(Host);
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.GetProperty("key").GetString());
        return client;
    }

    /// <summary>A browser that followed a sign-in link, with the headers that browsers send along.</summary>
    public async Task<HttpClient> BrowserAsync(Uri link)
    {
        var client = TestWorkspace.Client(Host);
        using var followed = await client.GetAsync(link);
        Assert.Equal(HttpStatusCode.Redirect, followed.StatusCode);
        client.DefaultRequestHeaders.Add("Cookie",
            followed.Headers.GetValues("Set-Cookie").Single(c => !c.Contains("forms", StringComparison.Ordinal)).Split(';')[0]);
        client.DefaultRequestHeaders.Add("Origin", Host.Address!.GetLeftPart(UriPartial.Authority));
        return client;
    }

    public async Task<Uri> LinkAsync(string user)
        => new((await PostAsync(Owner, $"/api/v1/users/{user}/link", null)).GetProperty("link").GetString()!);

    public static async Task<JsonElement> PostAsync(HttpClient client, string path, object? body)
    {
        using var response = await client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path} answered {(int)response.StatusCode}: {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static async Task<JsonElement> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path} answered {(int)response.StatusCode}: {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>Status and code of a problem.</summary>
    public static async Task<(int Status, string Code)> ProblemAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json",
                $"{(int)response.StatusCode} {response.Content.Headers.ContentType}: {text}");
            using var problem = JsonDocument.Parse(text);
            Assert.NotEmpty(problem.RootElement.GetProperty("fix").GetString()!);
            Assert.NotEmpty(problem.RootElement.GetProperty("detail").GetString()!);
            return ((int)response.StatusCode, problem.RootElement.GetProperty("code").GetString()!);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        Visitor.Dispose();
        await Host.DisposeAsync();
        Workspace.Dispose();
    }
}
