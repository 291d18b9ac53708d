using System.Net;
using System.Text.Json;

namespace Cairn.Server.Tests;

public sealed class ProblemTests : IAsyncLifetime
{
    private readonly TestWorkspace _workspace = new();
    private CairnHost _host = null!;
    private HttpClient _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await CairnHost.StartAsync(_workspace.Options with { Port = 0 }, TestContext.Current.CancellationToken);
        _owner = _workspace.OwnerClient();
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _host.DisposeAsync();
        _workspace.Dispose();
    }

    [Theory]
    [InlineData("GET", "/api/v1/nowhere", 404, "path.unknown")]
    [InlineData("POST", "/api/v1/version", 405, "method.not-allowed")]
    public async Task A_request_that_fits_no_endpoint_gets_problem_details_with_a_fix(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _owner.SendAsync(request);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.RootElement.GetProperty("fix").GetString()!);
    }

    [Fact]
    public async Task A_foreign_host_name_is_refused_because_it_may_be_rebound_to_this_machine()
    {
        using var client = TestWorkspace.Client(_host);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.Host = "attacker.example";

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("host.unknown", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task Loopback_names_are_served(string name)
    {
        using var client = TestWorkspace.Client(_host);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.Host = $"{name}:{_host.Address!.Port}";

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/api/v1/version")]
    [InlineData("/nowhere")]
    public async Task Every_response_carries_the_strict_policy(string path)
    {
        using var client = TestWorkspace.Client(_host);
        using var response = await client.GetAsync(path);

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
    }
}
