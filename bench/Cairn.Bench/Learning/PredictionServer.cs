using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cairn.Learning;
using Cairn.Server;

namespace Cairn.Bench;

/// <summary>The child process of <see cref="PredictionPart"/>: a Cairn server that has trained its two models, and a key for it.</summary>
internal static class PredictionServer
{
    public const string Role = "predictions";

    private static readonly string[] Flags = ["NO", "DE", "NL", "SE", "PA"];

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cairn-bench-");
        try
        {
            await WriteAsync(folder.FullName);
            var socket = Path.Combine(folder.FullName, ".cairn", "cairn.sock");
            await using var host = await CairnHost.StartAsync(
                new CairnHostOptions { Workspace = folder.FullName, Socket = socket, Port = 0 }, CancellationToken.None);
            using var owner = GatewayRoles.Owner(socket);
            foreach (var (name, _) in PredictionPart.Models)
                await TrainAsync(owner, name);
            (await owner.PostAsync("/api/v1/users", JsonContent.Create(new Dictionary<string, string> { ["name"] = "bench" })))
                .EnsureSuccessStatusCode();
            using var key = await owner.PostAsync(
                "/api/v1/keys", JsonContent.Create(new Dictionary<string, string> { ["user"] = "bench" }));
            using var json = JsonDocument.Parse(await key.Content.ReadAsStringAsync());
            await GatewayRoles.ObeyAsync(host.Address!.Port, json.RootElement.GetProperty("key").GetString()!);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task TrainAsync(HttpClient owner, string model)
    {
        using var started = await owner.PostAsync(
            "/api/v1/experiments", JsonContent.Create(new Dictionary<string, string> { ["recipe"] = model + ".yaml" }));
        started.EnsureSuccessStatusCode();
        using var experiment = JsonDocument.Parse(await started.Content.ReadAsStringAsync());
        var events = await owner.GetStringAsync($"/api/v1/experiments/{experiment.RootElement.GetProperty("id").GetString()}/events");
        if (!events.Contains("\"status\":\"done\"", StringComparison.Ordinal))
            throw new BenchException($"The model {model} did not train: {events[Math.Max(0, events.Length - 500)..]}");
    }

    private static async Task WriteAsync(string folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "cairn.yaml"), "version: 1\n");
        var random = new Seeded(5);
        var (ships, remarks) = (
            new StringBuilder("tonnage,length,age,wind,wave,crew,visits,hour,flag,cargo,late\n"), new StringBuilder("remark,late\n"));
        for (var row = 0; row < 4000; row++)
        {
            var (wind, age, flag) = (random.Uniform() * 30, random.Integer(40), Flags[random.Integer(Flags.Length)]);
            var late = random.Uniform() < 1 / (1 + Math.Exp(-((wind - 15) / 3) - ((age - 20) / 10.0))) ? "yes" : "no";
            ships.AppendLine(CultureInfo.InvariantCulture,
                $"{random.Uniform() * 9000:0.0},{random.Integer(300)},{age},{wind:0.00},"
                + $"{random.Uniform() * 6:0.0},{random.Integer(40)},{random.Integer(90)},{random.Integer(24)},{flag},{"ABCD"[random.Integer(4)]},{late}");
            remarks.AppendLine(CultureInfo.InvariantCulture,
                $"berth {random.Integer(60)} {(wind > 15 ? "storm expected" : "calm sea")} pilot {random.Integer(500)} "
                + $"cargo of {random.Integer(900)} tonnes for {flag},{late}");
        }
        await File.WriteAllTextAsync(Path.Combine(folder, "table.csv"), ships.ToString());
        await File.WriteAllTextAsync(Path.Combine(folder, "text.csv"), remarks.ToString());
        foreach (var (name, estimator) in new[] { ("table", "{ kind: boosting, rounds: 100 }"), ("text", "logistic") })
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, name + ".yaml"),
                $"version: 1\nname: {name}\ndata: {{ file: {name}.csv }}\ntarget: late\nmetrics: [auc]\nestimator: {estimator}\n"
                + (name == "text" ? "features: { remark: text }\n" : ""));
        }
    }
}
