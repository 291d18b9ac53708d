using System.Text;
using Cairn.Identity;
using Cairn.Knowledge;
using Cairn.Models;
using Cairn.Sandbox;
using Cairn.Storage;
using Cairn.Testing;
using Cairn.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cairn.Apps.Tests;

/// <summary>The way of one question through the real modules: documents are ingested, indexed, retrieved, cited.</summary>
public sealed class WholeWayTests
{
    private static readonly Principal Owner = Principal.Owner();

    [Fact]
    public async Task A_citation_stays_exact_after_its_document_has_changed()
    {
        using var folder = new TemporaryFolder();
        await using var host = await Host.StartAsync(folder, "A ship over 150 m books its berth four days ahead [1].");
        var ingestion = host.Services.GetRequiredService<IIngestion>();
        await UploadAsync(ingestion, "mooring.md",
            "# Mooring rules\n\nThe harbour opens at six.\n\n## Booking\n\nShips over 150 m book a berth four days ahead. Others book one day ahead.\n");
        await UploadAsync(ingestion, "canteen.md", "# Canteen\n\nLunch is served from noon.\n");

        var answer = await AskAsync(host.Services, "How long ahead does a ship over 150 m book a berth?");
        Assert.Equal(("model", AnswerStatus.Answered), (answer.Engine, answer.Status));
        var citation = Assert.Single(answer.Citations);
        Assert.Equal("Ships over 150 m book a berth four days ahead.", citation.Quote);

        await UploadAsync(ingestion, "mooring.md", "# Mooring rules\n\nEverything is different now.\n");
        var text = await host.Services.GetRequiredService<IDocuments>()
            .TextAsync(Owner, citation.Document, citation.Version, CancellationToken.None);
        Assert.Equal(citation.Quote, text.Text[citation.Start..citation.End]);
    }

    [Fact]
    public async Task A_caller_s_answer_rests_only_on_what_the_caller_may_see()
    {
        using var folder = new TemporaryFolder();
        await using var host = await Host.StartAsync(folder, "The salary band of pilots is 5,200 EUR [1].");
        var ingestion = host.Services.GetRequiredService<IIngestion>();
        await UploadAsync(ingestion, "salaries.md", "# Salaries\n\nThe salary band of pilots is 5,200 EUR.\n", "group:hr");
        await UploadAsync(ingestion, "pilots.md", "# Pilots\n\nPilots stay on call until the warning ends.\n");

        var ann = new Principal { Tenant = Tenants.Default, User = "ann" };
        var answer = await AskAsync(host.Services, "What is the salary band of pilots?", ann);
        Assert.DoesNotContain("5,200", answer.Text + string.Concat(answer.Citations.Select(c => c.Quote)));
        Assert.NotNull(answer.Degraded);
        Assert.Contains("5,200", (await AskAsync(host.Services, "What is the salary band of pilots?", ann with { Groups = ["hr"] })).Text);
    }

    [Fact]
    public async Task The_floor_answers_exactly_or_says_what_is_missing()
    {
        using var folder = new TemporaryFolder();
        await using var host = await Host.StartAsync(folder, "unused");
        var ingestion = host.Services.GetRequiredService<IIngestion>();
        await UploadAsync(ingestion, "mooring.md",
            "# Mooring rules\n\n## Booking\n\nShips over 150 m book a berth four days ahead. Others book one day ahead.\n");
        await UploadAsync(ingestion, "canteen.md", "# Canteen\n\nLunch is served from noon.\n");

        var answer = await AskAsync(host.Services, "How many days ahead do ships over 150 m book a berth?", model: "floor");
        Assert.Equal(("extractive", AnswerStatus.Answered), (answer.Engine, answer.Status));
        Assert.Contains("four days ahead", answer.Citations[0].Quote);
        Assert.All(answer.Sentences, s => Assert.NotEmpty(answer.Text[s.Start..s.End]));

        var missing = await AskAsync(host.Services, "Who repairs the zeppelin on Sundays?", model: "floor");
        Assert.Equal(AnswerStatus.Missing, missing.Status);
        Assert.Contains("Searched 2 documents that you may see.", missing.Notices);
    }

    private static async Task UploadAsync(IIngestion ingestion, string path, string text, string allow = "everyone")
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var report = await ingestion.UploadAsync(Owner, "papers", path, [allow], content, CancellationToken.None);
        Assert.Empty(report.Failures);
    }

    private static async Task<Answer> AskAsync(IServiceProvider services, string question, Principal? caller = null, string? model = null)
    {
        Answer? answer = null;
        await foreach (var e in services.GetRequiredService<IAnswers>()
            .AskAsync(caller ?? Owner, new AskRequest { Question = question, Model = model }, CancellationToken.None))
            answer = (e as AnswerDone)?.Answer;
        return answer!;
    }

    /// <summary>The modules with their hosted services, as the server runs them.</summary>
    private sealed class Host(ServiceProvider services) : IAsyncDisposable
    {
        public IServiceProvider Services => services;

        public static async Task<Host> StartAsync(TemporaryFolder folder, string reply)
        {
            var host = new Host(Compose(folder, reply));
            await host.Services.GetRequiredService<IDatabase>().OpenAsync(CancellationToken.None);
            foreach (var service in host.Services.GetServices<IHostedService>())
                await service.StartAsync(CancellationToken.None);
            return host;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var service in services.GetServices<IHostedService>().Reverse())
                await service.StopAsync(CancellationToken.None);
            await services.DisposeAsync();
        }
    }

    private static ServiceProvider Compose(TemporaryFolder folder, string reply)
    {
        var state = folder[".cairn"];
        Directory.CreateDirectory(state);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCairnStorage(DatabaseOptions.Sqlite(Path.Combine(state, "cairn.db"), Path.Combine(state, "blobs")));
        services.AddCairnWork();
        services.AddCairnIdentity();
        services.AddCairnSandbox();
        services.AddCairnKnowledge(new KnowledgeOptions { State = state });
        services.AddCairnModels(
            new ModelsDeclaration
            {
                Providers = [new() { Name = "local", Kind = "scripted", Script = new Script([new() { Reply = reply }]) }],
                Routes = [new("default", [new("local", "llama")])],
            },
            new WorkspaceSettings("/nowhere", _ => null));
        services.AddCairnApps(folder.Path);
        return services.BuildServiceProvider();
    }
}
