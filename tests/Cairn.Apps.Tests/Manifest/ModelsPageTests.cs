using System.Text.RegularExpressions;
using Cairn.Models;
using Cairn.Testing;

namespace Cairn.Apps.Tests;

/// <summary>The files in docs/models.md are read as they stand there.</summary>
public sealed class ModelsPageTests
{
    private static readonly Dictionary<string, string> Blocks = Regex
        .Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs/models.md")), "## ([^\n]+)\n(?:(?!\n## ).)*?```yaml\n(.*?)```",
            RegexOptions.Singleline)
        .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

    [Fact]
    public void The_page_s_catalogue_knows_its_models()
    {
        var catalog = new ModelCatalog(CatalogFile.Parse(Blocks["The catalogue"], CatalogFile.FileName), () => [], _ => null);
        Assert.Equal(0.6m, catalog.Find(new("openai", "gpt-4o-mini"))!.Prices.Single().Output);
        Assert.Equal(8192, catalog.Find(new("local", "anything"))!.ContextWindow);
    }

    [Fact]
    public void The_page_s_budgets_are_read()
    {
        using var folder = new TemporaryFolder();
        var budgets = WorkspaceFile.Parse(Blocks["Budgets"], folder.Path).Budgets;
        Assert.False(budgets.AllowUnknownPrice);
        Assert.Equal(["everyone", "everyone", "group:legal", "user:ann", "app:assistant", "key:01J0EXAMPLE"],
            budgets.Rules.Select(r => r.For.Text));
    }

    [Fact]
    public void The_page_s_cache_is_read()
    {
        using var folder = new TemporaryFolder();
        var models = WorkspaceFile.Parse(Blocks["The reply cache"], folder.Path).Models;
        Assert.True(models.Routes.Single().Cache);
        Assert.Equal(new CacheDeclaration(64 << 20, TimeSpan.FromHours(1)), models.Cache);
    }

    [Fact]
    public void The_page_s_telemetry_is_read()
    {
        using var folder = new TemporaryFolder();
        var telemetry = WorkspaceFile.Parse(Blocks["OpenTelemetry"], folder.Path).Telemetry;
        Assert.Equal(("http://127.0.0.1:4318", "http/protobuf", "${secret:otlp}"),
            (telemetry.Otlp!.Text, telemetry.Protocol, telemetry.Headers["authorization"].Text));
    }

    [Fact]
    public void The_page_s_cache_by_meaning_is_read()
    {
        using var folder = new TemporaryFolder();
        var route = WorkspaceFile.Parse(Blocks["Questions that mean the same"], folder.Path).Models.Routes.Single();
        Assert.Equal((true, new Similarity(new("local", "nomic-embed-text"), 0.05)), (route.Cache, route.Similar));
    }

    [Fact]
    public void The_page_s_limits_are_read()
    {
        using var folder = new TemporaryFolder();
        var limits = WorkspaceFile.Parse(Blocks["Limits"], folder.Path).Limits;
        Assert.Equal((200, TimeSpan.FromSeconds(10)), (limits.QueueLength, limits.Wait));
        Assert.Equal(["everyone", "app:assistant", "provider:openai", "provider:openai/gpt-4o-mini"], limits.Rules.Select(r => r.Name));
    }
}
