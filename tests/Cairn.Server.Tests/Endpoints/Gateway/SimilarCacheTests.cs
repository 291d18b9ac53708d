using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests;

/// <summary>A route that compares questions by meaning; the meanings are the test's own.</summary>
public sealed class SimilarCacheTests
{
    private const string Route = "      cache: { semantic: a/embed, distance: 0.1 }\n";
    private const string Events =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private static readonly Dictionary<string, float[]> Meanings = new(StringComparer.Ordinal)
    {
        ["Where is my card?"] = [1, 0],
        ["My card, where is it?"] = [.96f, .28f],
        ["Where has my card gone?"] = [.96f, .28f],
        ["Close my account."] = [0, 1],
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_question_that_means_the_same_gets_the_kept_reply_and_a_stream_is_replayed_as_one(bool stream)
    {
        await using var gateway = await StartAsync();
        using var first = await AskAsync(gateway.Client, "Where is my card?", stream);
        var text = await first.Content.ReadAsStringAsync();
        using var near = await AskAsync(gateway.Client, "My card, where is it?", stream);
        Assert.Equal(text, await near.Content.ReadAsStringAsync());
        Assert.Equal("similar; distance=0.04", near.Headers.GetValues("x-cairn-cache").Single());
        Assert.Equal(first.Content.Headers.ContentType, near.Content.Headers.ContentType);
        using var far = await AskAsync(gateway.Client, "Close my account.", stream);
        Assert.False(far.Headers.Contains("x-cairn-cache"));
        using var other = await AskAsync(gateway.Client, "My card, where is it?", !stream);
        Assert.False(other.Headers.Contains("x-cairn-cache"));
        Assert.Equal(3, Asked(gateway).Count);
    }

    [Fact]
    public async Task The_embedding_is_paid_for_and_stands_in_the_trace_and_an_equal_question_needs_none()
    {
        await using var gateway = await StartAsync();
        for (var i = 0; i < 2; i++)
        {
            using var response = await AskAsync(gateway.Client, "Where is my card?");
            Assert.True(response.IsSuccessStatusCode);
        }
        await gateway.NothingIsLeftAsync();
        Assert.Equal(["a/embed", "a/m"], gateway.Ledger.Entries.Select(e => e.Model.ToString()));
        Assert.Equal([("embeddings", "a/embed"), (null, "a/m")],
            gateway.Calls.First().Attempts.Select(a => (a.Operation, a.Model.ToString())));
        Assert.Empty(gateway.Calls.Last().Attempts);
    }

    [Fact]
    public async Task Another_person_another_key_and_another_conversation_share_nothing()
    {
        await using var gateway = await StartAsync();
        using (var first = await AskAsync(gateway.Client, "Where is my card?"))
            Assert.True(first.IsSuccessStatusCode);
        using var eve = await gateway.Server.KeyClientAsync("eve");
        using var key = await gateway.Server.KeyClientAsync("ann");
        foreach (var client in new[] { eve, key })
        {
            using var answer = await AskAsync(client, "My card, where is it?");
            Assert.False(answer.Headers.Contains("x-cairn-cache"));
        }
        foreach (var more in new[] { "\"temperature\":1,", "\"tools\":[],", "\"user\":\"x\"," })
        {
            using var answer = await gateway.PostAsync("/v1/chat/completions", Body("My card, where is it?", more: more));
            Assert.False(answer.Headers.Contains("x-cairn-cache"));
        }
        using var turns = await gateway.PostAsync("/v1/chat/completions",
            Body("My card, where is it?", before: """{"role":"system","content":"Answer in French."},"""));
        Assert.False(turns.Headers.Contains("x-cairn-cache"));
    }

    [Fact]
    public async Task A_question_that_cannot_be_embedded_is_asked_and_the_trace_says_why()
    {
        await using var gateway = await GatewayServer.StartAsync(GatewayServer.Limits, Route,
            exchange => exchange.Body.Contains("\"input\"", StringComparison.Ordinal)
            ? RawProvider.Json("{\"error\":{\"message\":\"no\"}}", 500)(exchange) : RawProvider.Json(Reply("1"))(exchange));
        using var answer = await AskAsync(gateway.Client, "Where is my card?");
        Assert.True(answer.IsSuccessStatusCode);
        await GatewayServer.UntilAsync(() => !gateway.Calls.IsEmpty);
        Assert.Equal(["provider.failed", null], gateway.Calls.Single().Attempts.Select(a => a.Error));
    }

    [Fact]
    public async Task Vectors_of_a_provider_that_was_declared_anew_are_not_compared_with_those_from_before()
    {
        const string Other = "    other:\n      models: [a/m]\n      cache: { semantic: b/embed, distance: 0.1 }\n";
        await using var gateway = await GatewayServer.StartAsync(GatewayServer.Limits, Other, Answer, Answer);
        using (var first = await AskAsync(gateway.Client, "Where is my card?", model: "other"))
            Assert.True(first.IsSuccessStatusCode);
        using (var near = await AskAsync(gateway.Client, "My card, where is it?", model: "other"))
            Assert.True(near.Headers.Contains("x-cairn-cache"));
        var file = Path.Combine(gateway.Server.Workspace.Root, "cairn.yaml");
        var embedding = (await File.ReadAllLinesAsync(file)).Single(l => l.StartsWith("    b: ", StringComparison.Ordinal));
        var changed = embedding.Replace("/v1\"", "/v1\", headers: { x-project: two }", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace(embedding, changed, StringComparison.Ordinal));
        gateway.Server.Host.Services.GetRequiredService<WorkspaceWatch>().Look();
        using var after = await AskAsync(gateway.Client, "Where has my card gone?", model: "other");
        Assert.True(after.IsSuccessStatusCode);
        Assert.False(after.Headers.Contains("x-cairn-cache"));
        Assert.Equal((2, 3), (Asked(gateway).Count, gateway.Provider(1).Bodies.Count));
    }

    private static List<string> Asked(GatewayServer gateway)
        => [.. gateway.Provider(0).Bodies.Where(b => b.Contains("\"messages\"", StringComparison.Ordinal))];

    private static string Reply(string text)
        => $$$"""{"id":"c1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}""";

    private static string Body(string question, bool stream = false, string more = "", string before = "", string model = "default")
        => $$"""{"model":"{{model}}",{{more}}{{(stream ? "\"stream\":true," : "")}}"messages":"""
            + $$"""[{{before}}{"role":"user","content":"{{question}}"}]}""";

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string question, bool stream = false, string model = "default")
        => client.PostAsync("/v1/chat/completions", new StringContent(Body(question, stream, model: model)));

    private static Task<GatewayServer> StartAsync() => GatewayServer.StartAsync(GatewayServer.Limits, Route, Answer);

    private static Task Answer(RawExchange exchange)
    {
        using var body = JsonDocument.Parse(exchange.Body);
        if (body.RootElement.TryGetProperty("input", out var input))
        {
            var vectors = input.EnumerateArray()
                .Select((t, i) => $"{{\"object\":\"embedding\",\"index\":{i},\"embedding\":{JsonSerializer.Serialize(Meanings[t.GetString()!])}}}");
            return RawProvider.Json(
                $"{{\"object\":\"list\",\"model\":\"embed\",\"data\":[{string.Join(',', vectors)}],\"usage\":{{\"prompt_tokens\":4,\"total_tokens\":4}}}}")(exchange);
        }
        return exchange.Streams ? RawProvider.Events(Events)(exchange) : RawProvider.Json(Reply("Hello"))(exchange);
    }
}
