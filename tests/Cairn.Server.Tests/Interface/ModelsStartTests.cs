using System.Net;
using Cairn.Apps;
using Cairn.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests;

/// <summary>The models page of a workspace that declares no provider.</summary>
public sealed class ModelsStartTests
{
    [Fact]
    public async Task Without_a_provider_the_page_says_what_works_and_three_ways_on()
    {
        var page = await PageAsync(new Nothing());
        Assert.Contains("Everything but writing works without one", page, StringComparison.Ordinal);
        Assert.Contains("no Ollama answers at 127.0.0.1:11434", page, StringComparison.Ordinal);
        Assert.Contains("href=\"#keys-title\"", page, StringComparison.Ordinal);
        Assert.Contains("demo: { kind: scripted, script: demo-script.yaml }", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"models-title\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_found_on_the_machine_is_offered_with_its_button()
    {
        var page = await PageAsync(new Ollama());
        Assert.Contains("<strong>Ollama</strong> was found", page, StringComparison.Ordinal);
        Assert.Contains("Add it to cairn.yaml", page, StringComparison.Ordinal);
        Assert.DoesNotContain("no Ollama answers", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_to_try_is_read_as_it_is_offered()
    {
        using var workspace = new TestWorkspace("version: 1\n\n" + TrialModel.Provider.Yaml + "\n");
        File.WriteAllText(Path.Combine(workspace.Root, TrialModel.ScriptName), TrialModel.Script);
        var models = WorkspaceFile.Load(workspace.Root).Models;
        Assert.Equal(2, Assert.Single(models.Providers).Script!.Turns.Length);
        Assert.Equal("default", Assert.Single(models.Routes).Name);
    }

    private static async Task<string> PageAsync(IProviderDetection detection)
    {
        await using var server = await TestServer.StartAsync(replace: services => services.AddSingleton(detection));
        using var browser = await server.BrowserAsync(server.Host.OwnerLink!);
        return WebUtility.HtmlDecode(await browser.GetStringAsync("/models"));
    }

    private sealed class Nothing : IProviderDetection
    {
        public Task<IReadOnlyList<FoundProvider>> FindAsync(CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<FoundProvider>>([]);
    }

    private sealed class Ollama : IProviderDetection
    {
        public Task<IReadOnlyList<FoundProvider>> FindAsync(CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<FoundProvider>>([FoundProvider.Of("Ollama", "127.0.0.1:11434", ["llama3.2"],
                new("local", "{ kind: openai, baseUrl: http://127.0.0.1:11434/v1 }", "llama3.2"))]);
    }
}
