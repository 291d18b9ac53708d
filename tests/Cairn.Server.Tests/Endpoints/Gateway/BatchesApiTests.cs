using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Cairn.Server.Tests;

/// <summary>Offline calls over real sockets, as OpenAI's clients make them.</summary>
public sealed class BatchesApiTests
{
    private const string Settings = """
        version: 1
        storage: sqlite
        models:
          providers:
            echo: { kind: scripted, script: ./echo.yaml }
          routes:
            default: [ echo/m ]
        """;

    [Fact]
    public async Task A_batch_answers_every_call_and_keeps_errors_apart()
    {
        await using var server = await StartAsync();
        using var client = await server.KeyClientAsync("ann");
        var lines = string.Join('\n', Line("a", "one"), Line("b", "two"), Line("c", "three", model: "nowhere/m"));
        using var batch = await FinishedAsync(client, await CreateAsync(client, lines));
        Assert.Equal("completed", batch.RootElement.GetProperty("status").GetString());
        Assert.Equal("""{"total":3,"completed":2,"failed":1}""", batch.RootElement.GetProperty("request_counts").GetRawText());
        var answers = await LinesAsync(client, batch.RootElement.GetProperty("output_file_id").GetString()!);
        Assert.Equal(["a: said one", "b: said two"], answers.Select(a =>
            $"{a.GetProperty("custom_id")}: {a.GetProperty("response").GetProperty("body").GetProperty("choices")[0].GetProperty("message").GetProperty("content")}"));
        var error = Assert.Single(await LinesAsync(client, batch.RootElement.GetProperty("error_file_id").GetString()!));
        Assert.Equal(("c", 404),
            (error.GetProperty("custom_id").GetString(), error.GetProperty("response").GetProperty("status_code").GetInt32()));
    }

    [Fact]
    public async Task A_file_may_be_larger_than_other_bodies()
    {
        await using var server = await StartAsync();
        using var client = await server.KeyClientAsync("ann");
        var lines = string.Join('\n', Enumerable.Range(0, 30).Select(i => Line($"c{i}", new string('x', 100_000))));
        Assert.StartsWith("file-", await UploadAsync(client, lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_sees_a_file_or_a_batch()
    {
        await using var server = await StartAsync();
        using var ann = await server.KeyClientAsync("ann");
        using var bob = await server.KeyClientAsync("bob");
        var batch = await CreateAsync(ann, Line("a", "one"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await bob.GetAsync($"/v1/batches/{batch}")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await bob.GetAsync($"/v1/files/output-{batch}/content")).StatusCode);
        Assert.DoesNotContain(batch, await bob.GetStringAsync("/v1/batches"));
        Assert.Contains(batch, await ann.GetStringAsync("/v1/batches"));
    }

    [Theory]
    [InlineData("{", "Line 1 of the batch's file is not JSON: column 2: the end comes before the '}'")]
    [InlineData("""{"custom_id":"a","method":"GET","url":"/v1/chat/completions","body":{}}""", "has a method other than POST")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{}}""",
        "Line 1 of the batch's file calls /v1/embeddings, but the batch is for /v1/chat/completions")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"stream":true}}""", "asks for a stream")]
    [InlineData("", "has no calls")]
    public async Task A_file_that_is_no_list_of_calls_is_refused_with_its_line(string lines, string message)
    {
        await using var server = await StartAsync();
        using var client = await server.KeyClientAsync("ann");
        using var response = await client.PostAsync("/v1/batches",
            Json($$"""{"input_file_id":"{{await UploadAsync(client, lines)}}","endpoint":"/v1/chat/completions","completion_window":"24h"}"""));
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");
        Assert.Contains(message, error.GetProperty("message").GetString());
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(
        options =>
        {
            File.WriteAllText(Path.Combine(options.Workspace, "echo.yaml"),
                "version: 1\nturns:\n  - { matches: '^(.*)$', reply: 'said $1' }\n");
            return options;
        },
        Settings);

    private static string Line(string id, string text, string model = "default")
        => $$$"""{"custom_id":"{{{id}}}","method":"POST","url":"/v1/chat/completions","body":{"messages":[{"role":"user","content":"{{{text}}}"}],"model":"{{{model}}}" } }""";

    private static async Task<string> UploadAsync(HttpClient client, string lines)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("batch"), "purpose" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(lines)), "file", "calls.jsonl" },
        };
        using var response = await client.PostAsync("/v1/files", form);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text).GetProperty("id").GetString()!;
    }

    private static async Task<string> CreateAsync(HttpClient client, string lines)
    {
        using var response = await client.PostAsync("/v1/batches",
            Json($$"""{"input_file_id":"{{await UploadAsync(client, lines)}}","endpoint":"/v1/chat/completions","completion_window":"24h","metadata":{"k":"v"} }"""));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text).GetProperty("id").GetString()!;
    }

    /// <summary>Asks until the job has ended; the test's own time limit ends it otherwise.</summary>
    private static async Task<JsonDocument> FinishedAsync(HttpClient client, string batch)
    {
        while (true)
        {
            var state = JsonDocument.Parse(await client.GetStringAsync($"/v1/batches/{batch}"));
            if (state.RootElement.GetProperty("status").GetString() is "completed" or "failed" or "cancelled")
                return state;
            state.Dispose();
            await Task.Yield();
        }
    }

    private static async Task<List<JsonElement>> LinesAsync(HttpClient client, string file)
        => [.. (await client.GetStringAsync($"/v1/files/{file}/content")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonElement.Parse(l))];

    private static StringContent Json(string text) => new(text, new MediaTypeHeaderValue("application/json"));
}
