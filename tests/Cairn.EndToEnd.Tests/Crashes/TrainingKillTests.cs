using System.Globalization;
using System.Text;

namespace Cairn.EndToEnd.Tests;

/// <summary><c>kill -9</c> while a model learns costs nothing but time: the model is the one of an undisturbed training.</summary>
public sealed class TrainingKillTests(ITestOutputHelper output)
{
    private const int Seed = 83;
    private const int Kills = 3;

    // Over a second: it trains, and each death and each start is a process.
    [Fact]
    public async Task After_kills_at_random_moments_of_a_training_the_model_equals_an_undisturbed_one()
    {
        using var workspace = new SampleWorkspace("version: 1\n");
        workspace.Write("ships.csv", Ships(400));
        workspace.Write("ships.yaml",
            "version: 1\nname: ships\ndata: { file: ships.csv }\ntarget: delayed\nestimator: { kind: boosting, rounds: 1500, learningRate: 0.002, minRowsPerLeaf: 5 }\nmetrics: [accuracy]\n");
        var whole = await CommandJson.OfAsync(workspace, "train", "ships.yaml");
        var seconds = whole.GetProperty("outcome").GetProperty("seconds").GetDouble();
        var random = new Random(Seed);
        string? id = null;
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = await RunningServer.StartAsync(workspace.Root);
            id ??= (await CommandJson.OfAsync(workspace, "train", "ships.yaml", "--detach")).GetProperty("id").GetString();
            await Task.Delay(TimeSpan.FromSeconds(seconds * 0.4 * random.NextDouble()), TestContext.Current.CancellationToken);
            var state = await CommandJson.OfAsync(workspace, "experiments", "show", id!);
            output.WriteLine(state.GetProperty("progress").GetRawText());
            await server.KillAsync();
        }
        var ended = await CommandJson.OfAsync(workspace, "experiments", "follow", id!);
        Assert.Equal(Model(whole), Model(ended));
        Assert.Equal(whole.GetProperty("outcome").GetProperty("metrics").GetRawText(),
            ended.GetProperty("outcome").GetProperty("metrics").GetRawText());
        Assert.Equal(2, (await CommandJson.OfAsync(workspace, "registry", "show", "ships")).GetProperty("versions").GetArrayLength());

        static string? Model(System.Text.Json.JsonElement experiment)
            => experiment.GetProperty("outcome").GetProperty("artefacts")[0].GetProperty("blob").GetString();
    }

    private static string Ships(int rows)
    {
        var random = new Random(Seed);
        var text = new StringBuilder("age,wind,flag,delayed\n");
        for (var row = 0; row < rows; row++)
        {
            var (age, wind) = (random.Next(40), random.NextDouble() * 30);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{age},{wind:0.00},{(row % 3 == 0 ? "NO" : "DE")},{(wind + (age / 4.0) + (random.NextDouble() * 12) > 26 ? "yes" : "no")}");
        }
        return text.ToString();
    }
}
