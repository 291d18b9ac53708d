using System.Collections.Immutable;
using Cairn.Models;

namespace Cairn.EndToEnd.Tests;

/// <summary>The harbour's models: two that answer, one that rests, one whose key is missing; money spent and nearly spent.</summary>
internal sealed class FakeModels(bool empty) : IModelInventory, ISpending, ISecretStore, IProviderDetection, IModelTrials
{
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    public IReadOnlyList<InventoryProvider> Providers() => empty ? [] :
    [
        new("local", "openai", "127.0.0.1:11434", []),
        new("claude", "anthropic", "api.anthropic.com", []),
        new("openai", "openai", null, ["the secret openai is not set (cairn models key set openai)"]),
    ];

    public IReadOnlyList<InventoryModel> Models() => empty ? [] :
    [
        new()
        {
            Name = "claude/claude-sonnet-5-5", State = ModelState.Ready, Routes = ["default"], ContextWindow = 1_000_000,
            Abilities = ["chat", "tools", "vision", "jsonSchema", "reasoning"],
            Price = new() { From = new(2026, 10, 7), Input = 2, Output = 10 }, Attempts = 1_482,
            Failures = ImmutableSortedDictionary<string, long>.Empty.Add("provider.limited", 3),
            LastFailure = new("provider.limited", "claude/claude-sonnet-5-5: asks for a pause (429)", HarbourPapers.Now.AddMinutes(-42)),
            FirstByte = new(412, 1_240), Duration = new(3_100, 9_800),
        },
        new()
        {
            Name = "local/llama3.2", State = ModelState.Resting, Detail = "failed several times in a row; tried again in 12 s",
            Routes = ["default", "drafts"], ContextWindow = 8_192, Abilities = ["chat"],
            Attempts = 96, Failures = ImmutableSortedDictionary<string, long>.Empty.Add("provider.timeout", 5),
            LastFailure = new("provider.timeout", "local/llama3.2: no answer within 30 s", HarbourPapers.Now.AddSeconds(-20)),
            FirstByte = new(80, 210), Duration = new(900, 2_400),
        },
        new()
        {
            Name = "openai/gpt-4o-mini",
            State = ModelState.Missing,
            Detail = "the secret openai is not set (cairn models key set openai)",
            Routes = ["spare"],
            ContextWindow = 128_000,
            Price = new() { From = new(2024, 7, 18), Input = 0.15m, Output = 0.6m },
        },
        new() { Name = "local/hafenmeisterdienstanweisungssprachmodell:70b-instruct-q4", State = ModelState.Ready },
    ];

    public ProviderSnippet? Addable(string provider) => null;

    public KeyPlace PlaceForKey(string provider) => provider switch
    {
        "openai" => new("openai"),
        "elsewhere" => throw new CairnException(ErrorKind.Input, "secret.elsewhere",
            "The provider 'elsewhere' takes its key from ${env:KEY}.",
            "Set it there, or write apiKey: ${secret:elsewhere} in cairn.yaml and set it here."),
        _ => new(provider, new ProviderSnippet(provider, $"{{ kind: anthropic, apiKey: ${{secret:{provider}}} }}", "claude-sonnet-4-5")),
    };

    public Task<IReadOnlyList<CostLine>> CostAsync(
        string tenant, CostBy by, DateOnly from, DateOnly to,
        CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CostLine>>(empty ? [] :
    [
        new("claude/claude-sonnet-5-5", 1_482, 0, new(4_210_000, 0, 0, 812_000, 0), 16.54m),
        new("local/llama3.2", 96, 96, new(310_000, 0, 0, 42_000, 0), 0),
    ]);

    public Task<IReadOnlyList<BudgetStatus>> BudgetsAsync(string tenant, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<BudgetStatus>>(empty ? [] :
    [
        new("everyone", "2026-11", 50, 16.54m, 0.31m, 0.5m, new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)),
        new("group:legal", "2026-11-21", 2, 1.71m, 0, 0.1m, new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero)),
        new("app:assistant", "2026-11-21", 1, 1, 0, 0, new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero)),
    ]);

    public void Set(string name, string value) => _keys[name] = value;

    public bool Remove(string name) => _keys.Remove(name);

    public IReadOnlyList<StoredSecret> List() => [.. _keys.Select(k => new StoredSecret(k.Key, "••••" + k.Value[^4..], HarbourPapers.Now))];

    public string? Find(string name) => _keys.GetValueOrDefault(name);

    public Task<IReadOnlyList<FoundProvider>> FindAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<FoundProvider>>(
        [FoundProvider.Of("Ollama", "127.0.0.1:11434", ["llama3.2"],
            new("local", "{ kind: openai, baseUrl: http://127.0.0.1:11434/v1 }", "llama3.2"))]);

    public Task<IReadOnlyList<Trial>> TryAsync(
        CallOrigin origin, string prompt, IReadOnlyList<string> names, int mostTokens, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<Trial>>([.. names.Select(name => name.Contains("llama", StringComparison.Ordinal)
            ? new Trial
            {
                Name = name,
                Milliseconds = 30_012,
                Error = new("provider.timeout", $"{name}: no answer within 30 s", "See whether the provider is busy."),
            }
            : new Trial
            {
                Name = name, Model = name, Text = "A tug is compulsory for ships over 150 m,\nand the ship pays for it.",
                Milliseconds = 1_240, FirstMilliseconds = 310,
                InputTokens = 18, OutputTokens = 21, CostUsd = 0.000246m,
            })]);
}
