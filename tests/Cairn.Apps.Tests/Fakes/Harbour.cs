using Cairn.Knowledge;
using Cairn.Models;
using Cairn.Storage;
using Cairn.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Apps.Tests;

/// <summary>The answer flow over a real database and scripted models; only retrieval, documents and the floor are fakes.</summary>
internal sealed class Harbour : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly ServiceProvider _services;

    private Harbour(TestDatabase test, ServiceProvider services) => (_test, _services) = (test, services);

    public static Principal Ann { get; } = new() { Tenant = "t", User = "ann" };

    public static Principal Ben { get; } = new() { Tenant = "t", User = "ben" };

    public static Principal Owner { get; } = Principal.Owner(tenant: "t");

    public FakeRetriever Retriever => (FakeRetriever)_services.GetRequiredService<IRetriever>();

    public FakeDocuments Documents => (FakeDocuments)_services.GetRequiredService<IDocuments>();

    public FakeFloor Floor => (FakeFloor)_services.GetRequiredService<IAnswerEngine>();

    public ManualTime Time => _test.Time;

    public IConversations Conversations => _services.GetRequiredService<IConversations>();

    public ITraces Traces => _services.GetRequiredService<ITraces>();

    public IAnswers Answers => _services.GetRequiredService<IAnswers>();

    public ICitedDocuments Cited => _services.GetRequiredService<ICitedDocuments>();

    public string Workspace => _test.Folder;

    /// <param name="turns">What the default route's model says; none: no model is configured.</param>
    public static Task<Harbour> OpenAsync(params ScriptTurn[] turns) => OpenAsync(DatabaseEngine.Sqlite, turns);

    public static Task<Harbour> OpenAsync(DatabaseEngine engine, params ScriptTurn[] turns) => OpenAsync(engine, window: null, turns);

    /// <param name="window">The model's context in tokens; null: nobody knows it.</param>
    public static async Task<Harbour> OpenAsync(DatabaseEngine engine, int? window, params ScriptTurn[] turns)
    {
        var test = await TestDatabase.OpenAsync(engine, new AppsMigrations());
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(test.Time).AddSingleton<IIdentifiers>(test.Identifiers).AddSingleton(test.Database)
            .AddLogging();
        services.AddSingleton<IRetriever, FakeRetriever>().AddSingleton<IDocuments, FakeDocuments>()
            .AddSingleton<IAnswerEngine, FakeFloor>()
            .AddSingleton<IAccess, FakeAccess>();
        services.AddCairnModels(
            turns.Length == 0 ? ModelsDeclaration.Empty : new ModelsDeclaration
            {
                Providers = [new() { Name = "local", Kind = "scripted", Script = new Script([.. turns]) }],
                Routes = [new("default", [new("local", "llama")])],
            },
            new WorkspaceSettings("/nowhere", _ => null));
        services.AddCairnApps(test.Folder);
        if (window is not null)
            services.AddModelCatalog([], () => [new(["*/llama"], new() { ContextWindow = window })]);
        return new(test, services.BuildServiceProvider());
    }

    public async Task<List<AnswerEvent>> EventsAsync(
        string question, Principal? caller = null, string? model = null, string? conversation = null, bool save = false)
    {
        var events = new List<AnswerEvent>();
        await foreach (var e in Answers.AskAsync(caller ?? Ann,
            new AskRequest { Question = question, Model = model, Conversation = conversation, Save = save }, CancellationToken.None))
            events.Add(e);
        return events;
    }

    public async Task<Answer> AskAsync(string question, Principal? caller = null, string? model = null)
        => ((AnswerDone)(await EventsAsync(question, caller, model))[^1]).Answer;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _test.DisposeAsync();
    }
}
