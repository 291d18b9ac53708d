using Cairn.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Models.Tests;

public sealed class ModelsCheckTests
{
    private const string Key = "sk-verysecret";

    private readonly ManualTime _time = new();
    private readonly Dictionary<string, string> _environment = [];

    [Fact]
    public async Task A_workspace_without_models_is_well()
        => Assert.Equal(("models", DoctorStatus.Ok),
            Assert.Single((await CheckAsync(ModelsDeclaration.Empty)).Select(f => (f.Name, f.Status))));

    [Fact]
    public async Task A_key_that_is_not_used_comes_with_what_to_write()
    {
        _environment["OPENAI_API_KEY"] = Key;
        var finding = (await CheckAsync(ModelsDeclaration.Empty))[1];
        Assert.Equal((DoctorStatus.Warning, "OPENAI_API_KEY in the environment is not used."), (finding.Status, finding.Detail));
        Assert.Contains("apiKey: ${env:OPENAI_API_KEY}", finding.Fix);
        Assert.DoesNotContain(Key, finding.ToString());
    }

    [Theory]
    [InlineData(200, DoctorStatus.Ok, "Answers at")]
    [InlineData(404, DoctorStatus.Ok, "Answers at")]
    [InlineData(401, DoctorStatus.Warning, "refuses the key")]
    [InlineData(503, DoctorStatus.Warning, "answers with status 503")]
    public async Task A_provider_is_asked_whether_it_answers(int status, DoctorStatus expected, string detail)
    {
        _environment["CLOUD_KEY"] = Key;
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            c.Response.StatusCode = status;
            return c.Response.WriteAsync("{}");
        });
        var finding = (await CheckAsync(Cloud(endpoint.BaseUrl)))[0];
        Assert.Equal(expected, finding.Status);
        Assert.Contains(detail, finding.Detail);
        Assert.Equal("Bearer " + Key, endpoint.Authorizations.Single());
        Assert.DoesNotContain(Key, finding.ToString());
    }

    [Fact]
    public async Task A_provider_without_its_key_is_said_and_not_called()
    {
        var finding = (await CheckAsync(Cloud(new Uri("http://127.0.0.1:1/v1"))))[0];
        Assert.Equal("Not there: the environment variable CLOUD_KEY is not set.", finding.Detail);
    }

    [Fact]
    public async Task A_provider_where_nothing_answers_is_said()
    {
        _environment["CLOUD_KEY"] = Key;
        Assert.Contains("Nothing answers at 127.0.0.1:1", (await CheckAsync(Cloud(new Uri("http://127.0.0.1:1/v1"))))[0].Detail);
    }

    private static ModelsDeclaration Cloud(Uri url) => new()
    {
        Providers = [new() { Name = "cloud", Kind = "openai", BaseUrl = new(url.AbsoluteUri), ApiKey = new("${env:CLOUD_KEY}") }],
        Routes = [new("default", [new("cloud", "m")])],
    };

    private async Task<IReadOnlyList<DoctorFinding>> CheckAsync(ModelsDeclaration models)
    {
        var settings = new WorkspaceSettings("/nowhere", _environment.GetValueOrDefault);
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(_time).AddCairnModels(models, settings)
            .BuildServiceProvider();
        // No Ollama of the machine that runs the tests is looked for.
        var detection = new ProviderDetection(models, settings, _time, (_, _) => new Refusing());
        return await new ModelsCheck(models, services.GetRequiredService<ProviderClients>(), services.GetRequiredService<IRoutes>(),
            detection, _time).CheckAsync(CancellationToken.None);
    }

    private sealed class Refusing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => throw new HttpRequestException("refused");
    }
}
