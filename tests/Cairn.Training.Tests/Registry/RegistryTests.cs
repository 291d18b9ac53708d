namespace Cairn.Training.Tests;

public sealed class RegistryTests
{
    [Theory, Engines]
    public async Task A_version_is_promoted_and_rolled_back(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        foreach (var depth in new[] { "1", "3", "5" })
            await shop.TrainAsync(shop.Ships("tree", 100, ("maxDepth", depth)));

        var model = await shop.Registry.FindAsync(Workshop.Builder, "ships", default);
        Assert.Equal((1, (int?)null), (model.Live, model.Previous));
        Assert.Equal([3, 2, 1], model.Versions.Select(v => v.Version));

        await shop.Registry.PromoteAsync(Workshop.Builder, "ships", 3, default);
        model = await shop.Registry.PromoteAsync(Workshop.Builder, "ships", 2, default);
        Assert.Equal((2, 3), (model.Live, model.Previous));
        model = await shop.Registry.RollBackAsync(Workshop.Builder, "ships", from: null, default);
        Assert.Equal((3, 1), (model.Live, model.Previous));
        model = await shop.Registry.RollBackAsync(Workshop.Builder, "ships", from: null, default);
        Assert.Equal((1, (int?)null), (model.Live, model.Previous));
        Assert.Equal(["rolled-back", "rolled-back", "promoted", "promoted", "promoted"], model.Events.Select(e => e.Kind));
        Assert.Equal("model.first",
            (await Assert.ThrowsAsync<CairnException>(
                () => shop.Registry.RollBackAsync(Workshop.Builder, "ships", from: null, default))).Code);
        Assert.Equal("model.live",
            (await Assert.ThrowsAsync<CairnException>(() => shop.Registry.PromoteAsync(Workshop.Builder, "ships", 1, default))).Code);
        Assert.Equal("model.version",
            (await Assert.ThrowsAsync<CairnException>(() => shop.Registry.PromoteAsync(Workshop.Builder, "ships", 9, default))).Code);
        Assert.Equal("model.unknown",
            (await Assert.ThrowsAsync<CairnException>(() => shop.Registry.FindAsync(Workshop.Builder, "boats", default))).Code);
    }

    [Theory, Engines]
    public async Task Two_people_who_roll_the_same_version_back_roll_it_back_once(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        foreach (var depth in new[] { "1", "2", "3" })
            await shop.TrainAsync(shop.Ships("tree", 60, ("maxDepth", depth)));
        await shop.Registry.PromoteAsync(Workshop.Builder, "ships", 2, default);
        await shop.Registry.PromoteAsync(Workshop.Builder, "ships", 3, default);

        await shop.Registry.RollBackAsync(Workshop.Builder, "ships", from: 3, default);
        var error = await Assert.ThrowsAsync<CairnException>(
            () => shop.Registry.RollBackAsync(Workshop.Builder, "ships", from: 3, default));

        Assert.Equal((ErrorKind.Conflict, "model.moved"), (error.Kind, error.Code));
        Assert.Contains("Version 2 of the model 'ships' is live by now, no longer version 3", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await shop.Registry.FindAsync(Workshop.Builder, "ships", default)).Live);
    }
}
