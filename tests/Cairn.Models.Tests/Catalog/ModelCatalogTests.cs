namespace Cairn.Models.Tests;

public sealed class ModelCatalogTests
{
    private static readonly DateOnly Day = new(2026, 1, 1);

    [Theory]
    [InlineData("openai/gpt-x", 1)] // an exact name before a family
    [InlineData("openai/gpt-x-mini", 2)] // a longer family before a shorter
    [InlineData("openai/gpt-y", 3)]
    [InlineData("azure/gpt-x", 4)] // any place
    [InlineData("azure/gpt-z", null)] // the price of one host says nothing of another
    [InlineData("openai/llama", null)]
    public void The_closest_name_decides(string model, int? context)
    {
        var catalog = Catalog([Entry(3, "api.openai.com/gpt-*"), Entry(2, "api.openai.com/gpt-x-*"), Entry(1, "api.openai.com/gpt-x"),
            Entry(4, "*/gpt-x")], []);
        Assert.Equal(context, catalog.Find(ModelName.Parse(model)!)?.ContextWindow);
    }

    [Fact]
    public void A_providers_name_goes_before_its_host_and_its_host_before_any_place()
    {
        var catalog = Catalog([Entry(1, "*/m"), Entry(2, "api.openai.com/m"), Entry(3, "openai/m")], []);
        Assert.Equal(3, catalog.Find(new("openai", "m"))!.ContextWindow);
        Assert.Equal(1, catalog.Find(new("else", "m"))!.ContextWindow);
    }

    [Fact]
    public void The_workspaces_file_goes_before_the_shipped_one_field_by_field()
    {
        var shipped = new CatalogEntry(["api.openai.com/m"],
            new() { ContextWindow = 100, MaxOutput = 10, Abilities = ModelAbilities.Chat, Prices = [Price(1)] });
        var own = new CatalogEntry(["openai/*"], new() { MaxOutput = 20, Prices = [Price(2)] });
        var facts = Catalog([own], [shipped]).Find(new("openai", "m"))!;
        Assert.Equal((100, 20, ModelAbilities.Chat, 2m),
            (facts.ContextWindow, facts.MaxOutput, facts.Abilities, facts.PriceOn(Day)!.Input));
    }

    [Fact]
    public void A_price_holds_from_its_day_on()
    {
        var facts = new ModelFacts { Prices = [Price(1), new() { From = Day.AddDays(10), Input = 2, Output = 2 }] };
        Assert.Null(facts.PriceOn(Day.AddDays(-1)));
        Assert.Equal(1, facts.PriceOn(Day.AddDays(9))!.Input);
        Assert.Equal(2, facts.PriceOn(Day.AddDays(10))!.Input);
    }

    [Fact]
    public void No_division_of_the_tokens_costs_more_than_the_most_that_they_can_cost()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            decimal? Some() => random.Next(3) == 0 ? null : random.Next(2_000) / 100m;
            var price = new ModelPrice
            {
                From = Day,
                Input = Some() ?? 0,
                Output = Some() ?? 0,
                CacheRead = Some(),
                CacheWrite = Some(),
                Reasoning = Some(),
            };
            var (input, output) = (random.Next(100_000), random.Next(100_000));
            var read = random.Next(input + 1);
            var usage = new CallUsage(input, read, random.Next(input - read + 1), output, random.Next(output + 1));
            Assert.True(price.CostOf(usage) <= price.AtMost(new(input, 0, 0, output, 0)));
        }
    }

    private static ModelCatalog Catalog(CatalogEntry[] workspace, CatalogEntry[] shipped)
        => new(workspace, () => shipped, provider => provider == "openai" ? "api.openai.com" : null);

    private static CatalogEntry Entry(int context, string name) => new([name], new() { ContextWindow = context });

    private static ModelPrice Price(decimal input) => new() { From = Day, Input = input, Output = input };
}
