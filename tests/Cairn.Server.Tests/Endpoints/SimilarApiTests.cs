using System.Net.Http.Json;

namespace Cairn.Server.Tests;

/// <summary>A scripted model's vectors say only whether two texts are equal, which is enough to count.</summary>
public sealed class SimilarApiTests
{
    private const string Settings = """
        version: 1
        models:
          providers:
            demo: { kind: scripted, script: demo.yaml }
        """;

    [Fact]
    public async Task Replies_given_again_are_counted_right_and_wrong()
    {
        await using var server = await StartAsync();
        var body = new
        {
            model = "demo/e",
            questions = new[] { ("Where is it?", "card"), ("Where is it?", "card"), ("Where is it?", "bill"),
                ("How long?", "time") }.Select(
                q => new { text = q.Item1, answer = q.Item2 }),
            distances = new[] { 0.001 },
        };
        var trial = (await TestServer.PostAsync(server.Owner, "/api/v1/models/similar", body)).GetProperty("trials")[0];
        Assert.Equal((4, 2, 1), (trial.GetProperty("asked").GetInt32(), trial.GetProperty("hits").GetInt32(),
            trial.GetProperty("wrong").GetInt32()));
    }

    [Theory]
    [InlineData("demo/e", 0.5, 1, "trial.invalid")]
    [InlineData("demo/e", 1.5, 2, "trial.invalid")]
    [InlineData("nowhere/e", 0.5, 2, "model.unknown")]
    public async Task What_cannot_be_tried_is_refused(string model, double distance, int questions, string code)
    {
        await using var server = await StartAsync();
        var body = new { model, questions = Enumerable.Range(0, questions).Select(i => new { text = $"q{i}", answer = "a" }),
            distances = new[] { distance } };
        Assert.Equal((400, code), await TestServer.ProblemAsync(await server.Owner.PostAsJsonAsync("/api/v1/models/similar", body)));
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(
        options =>
        {
            File.WriteAllText(Path.Combine(options.Workspace, "demo.yaml"),
                "version: 1\nembeddings: { dimensions: 64 }\nturns:\n  - { reply: ready }\n");
            return options;
        },
        Settings);
}
