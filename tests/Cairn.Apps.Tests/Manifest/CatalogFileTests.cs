using Cairn.Models;
using Cairn.Testing;

namespace Cairn.Apps.Tests;

public sealed class CatalogFileTests
{
    [Fact]
    public void The_shipped_catalogue_is_read_and_knows_what_well_known_models_cost()
    {
        var catalog = new ModelCatalog([], () => CatalogFile.Shipped(),
            provider => provider == "claude" ? "api.anthropic.com" : "api.openai.com");
        var mini = catalog.Find(new("openai", "gpt-4o-mini"))!;
        Assert.Equal(128_000, mini.ContextWindow);
        Assert.Equal(0.15m, mini.PriceOn(new(2026, 1, 1))!.Input);
        var sonnet = catalog.Find(new("claude", "claude-sonnet-5-5"))!;
        Assert.Equal((0.20m, 0.10m), (sonnet.PriceOn(new(2026, 10, 6))!.CacheRead, sonnet.PriceOn(new(2026, 10, 7))!.CacheRead));
        Assert.True(sonnet.Abilities.HasFlag(ModelAbilities.Tools | ModelAbilities.Vision));
    }

    [Fact]
    public void Every_shipped_entry_says_where_and_when_it_was_looked_up()
    {
        var text = ShippedCatalog.ReadText();
        var entries = text.Split("- names:").Skip(1).ToArray();
        Assert.True(entries.Length > 10);
        Assert.All(entries, entry => Assert.Matches(@"source: https://\S+\n    seen: 20\d\d-\d\d-\d\d\n", entry));
    }

    [Fact]
    public void A_workspace_without_a_catalogue_has_none()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(CatalogFile.Load(folder.Path));
    }

    [Theory]
    [InlineData("version: 1\nmodels: [{ names: [local/m], contxt: 5 }]",
        "models/catalog.yaml:2:30: unknown field 'contxt' in models[0]; did you mean 'context'?")]
    [InlineData("version: 1\nmodels: [{ names: [llama] }]", "'llama' is no name; write provider/model, host/model or */model")]
    [InlineData("version: 1\nmodels: [{ names: ['a/b*c'] }]", "'a/b*c' is no name")]
    [InlineData("version: 1\nmodels: [{ names: [a/b, a/b] }]", "'a/b' is given twice")]
    [InlineData("version: 1\nmodels: [{ names: [] }]", "names no model")]
    [InlineData("version: 1\nmodels: [{ names: [a/b], abilities: [visoin] }]", "did you mean 'vision'?")]
    [InlineData("version: 1\nmodels: [{ names: [a/b], prices: [{ from: 2026-13-01, input: 1, output: 1 }] }]", "'2026-13-01' is no day")]
    [InlineData("version: 1\nmodels: [{ names: [a/b], prices: [{ from: 2026-01-01, input: 1 }] }]",
        "'models[0].prices[0].output' is missing")]
    [InlineData("version: 1\nmodels: [{ names: [a/b], prices: [{ from: 2026-01-01, input: -1, output: 1 }] }]",
        "should be a number from 0 to 100000, not '-1'")]
    [InlineData("version: 1\nmodels: [{ names: [a/b], prices: [{ from: 2026-01-01, input: 1, output: 1 }, { from: 2026-01-01, input: 2, output: 1 }] }]", "two prices from the same day")]
    public void A_mistake_is_named_with_its_place(string text, string expected)
        => Assert.Contains(expected, Assert.Throws<ManifestException>(() => CatalogFile.Parse(text, CatalogFile.FileName)).Message);
}
