using Cairn.Testing;
using Microsoft.AspNetCore.Http;

namespace Cairn.Models.Tests;

public sealed class ProviderDetectionTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_key_in_the_environment_is_offered_without_being_told()
    {
        var found = await Detection(new() { ["OPENAI_API_KEY"] = "sk-verysecret" }, ModelsDeclaration.Empty,
            _ => throw new HttpRequestException("refused")).FindAsync(CancellationToken.None);
        var openai = Assert.Single(found);
        Assert.Equal("OPENAI_API_KEY in the environment", openai.Found);
        Assert.Contains("openai: { kind: openai, baseUrl: https://api.openai.com/v1, apiKey: ${env:OPENAI_API_KEY} }", openai.Yaml);
        Assert.DoesNotContain("verysecret", openai.ToString());
    }

    [Fact]
    public async Task A_key_that_is_already_used_is_not_offered()
    {
        var models = new ModelsDeclaration { Providers = [new() { Name = "mine", Kind = "openai",
            BaseUrl = new("https://api.openai.com/v1"), ApiKey = new("${env:OPENAI_API_KEY}") }] };
        Assert.Empty(await Detection(new() { ["OPENAI_API_KEY"] = "k" }, models, _ => throw new HttpRequestException("refused"))
            .FindAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_Ollama_is_offered_with_its_models()
    {
        await using var ollama =
            await FakeEndpoint.StartAsync(c => c.Response.WriteAsync("""{"models":[{"name":"llama3.2:3b"},{"name":"qwen3:8b"}]}"""));
        var found = Assert.Single(await Detection([], ModelsDeclaration.Empty, To(ollama)).FindAsync(CancellationToken.None));
        Assert.Equal(["llama3.2:3b", "qwen3:8b"], found.Models);
        Assert.Contains("local: { kind: openai, baseUrl: http://127.0.0.1:11434/v1 }", found.Yaml);
        Assert.Contains("default: [ local/llama3.2:3b ]", found.Yaml);
    }

    [Theory]
    [InlineData("x ]\\nsources: { all: { path: / } }\\n#")]
    [InlineData("x, y")]
    [InlineData("x:")]
    [InlineData("${secret:openai}")]
    public async Task A_name_that_means_something_to_YAML_is_not_offered_for_the_file(string name)
    {
        await using var ollama =
            await FakeEndpoint.StartAsync(c => c.Response.WriteAsync($$"""{"models":[{"name":"{{name}}"},{"name":"qwen3:8b"}]}"""));
        var found = Assert.Single(await Detection([], ModelsDeclaration.Empty, To(ollama)).FindAsync(CancellationToken.None));
        Assert.Equal(["qwen3:8b"], found.Models);
        Assert.Contains("default: [ local/qwen3:8b ]", found.Yaml);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{\"models\":7}")]
    public async Task Something_else_on_the_port_is_not_offered(string body)
    {
        await using var other = await FakeEndpoint.StartAsync(c => c.Response.WriteAsync(body));
        Assert.Empty(await Detection([], ModelsDeclaration.Empty, To(other)).FindAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_port_that_hangs_is_left_after_half_a_second()
    {
        await using var hanging = await FakeEndpoint.StartAsync(FakeEndpoint.HangAsync);
        var finding = Detection([], ModelsDeclaration.Empty, To(hanging)).FindAsync(CancellationToken.None);
        await _time.UntilTimersAsync();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Empty(await finding);
    }

    private ProviderDetection Detection(
        Dictionary<string, string> environment, ModelsDeclaration models, Func<HttpRequestMessage, HttpRequestMessage> redirect)
        => new(models, new WorkspaceSettings("/nowhere", environment.GetValueOrDefault), _time,
            (url, limits) => new Redirected(redirect) { InnerHandler = ProviderClients.DefaultTransport(url, limits) });

    private static Func<HttpRequestMessage, HttpRequestMessage> To(FakeEndpoint endpoint) => request =>
    {
        request.RequestUri = new Uri(endpoint.BaseUrl, request.RequestUri!.AbsolutePath);
        return request;
    };

    private sealed class Redirected(Func<HttpRequestMessage, HttpRequestMessage> redirect) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => base.SendAsync(redirect(request), cancellationToken);
    }
}
