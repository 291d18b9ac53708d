using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Cairn.EndToEnd.Tests;

/// <summary>
/// <c>kill -9</c> in the middle of a batch, at moments that its own calls set: a call at which the provider holds its breath is under way
/// when the process dies.
/// </summary>
public sealed class BatchKillTests(ITestOutputHelper output)
{
    private const int Lines = 60;
    private const int Concurrent = 4;

    /// <summary>The process dies when this call has come.</summary>
    private static readonly int[] Deaths = [7, 8, 40];

    private const string Usage = """{"prompt_tokens":1000,"completion_tokens":1000}""";

    [Fact]
    public async Task After_kills_in_the_middle_of_a_batch_every_line_is_answered_once_and_paid()
    {
        var asked = new ConcurrentQueue<string>();
        var (calls, next) = (0, 0);
        var reached = new TaskCompletionSource();
        await using var provider = await LoopbackServer.StartAsync(async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var line = body.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!;
            asked.Enqueue(line);
            var call = Interlocked.Increment(ref calls);
            if (next < Deaths.Length && call >= Deaths[next])
            {
                // Not answered before the kill; those beside it may be.
                reached.TrySetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(
                $$$"""{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"answer to {{{line}}}"},"finish_reason":"stop"}],"usage":{{{Usage}}}}""");
        });
        using var workspace = new SampleWorkspace(Settings(provider.Address));
        workspace.Write("models/catalog.yaml",
            "version: 1\nmodels:\n  - names: [p/m]\n    prices: [{ from: 2020-01-01, input: 1, output: 2 }]\n");

        string batch, key;
        await using (var server = await RunningServer.StartAsync(workspace.Root))
        {
            key = await KeyAsync(workspace);
            using var client = Client(server, key);
            batch = await HandInAsync(client);
            await reached.Task;
            await server.KillAsync();
        }
        for (next = 1; next < Deaths.Length; next++)
        {
            reached = new TaskCompletionSource();
            await using var server = await RunningServer.StartAsync(workspace.Root);
            await reached.Task;
            await server.KillAsync();
        }

        await using var last = await RunningServer.StartAsync(workspace.Root);
        using var reader = Client(last, key);
        var state = await FinishedAsync(reader, batch);
        Assert.Equal($$"""{"total":{{Lines}},"completed":{{Lines}},"failed":0}""", state.GetProperty("request_counts").GetRawText());
        var answers = (await reader.GetStringAsync($"/v1/files/{state.GetProperty("output_file_id").GetString()}/content"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonElement.Parse(l)).ToList();
        Assert.Equal(Enumerable.Range(0, Lines).Select(i => $"call-{i}: answer to line {i}"), answers.Select(a =>
            $"{a.GetProperty("custom_id")}: {a.GetProperty("response").GetProperty("body").GetProperty("choices")[0].GetProperty("message").GetProperty("content")}"));
        // What was under way at a death is asked again, and nothing else.
        Assert.Equal(Lines, asked.Distinct().Count());
        Assert.InRange(asked.Count, Lines, Lines + (Deaths.Length * Concurrent));
        await PaidAsync(workspace, asked.Count);
        output.WriteLine($"{Deaths.Length} kills, {Lines} lines, {asked.Count} calls of the provider");
    }

    /// <summary>
    /// Each answer costs 0.003 dollars. The budget counts every one: those that the ledger's last second lost are in the tranches that the
    /// deaths forfeited.
    /// </summary>
    private static async Task PaidAsync(SampleWorkspace workspace, int asked)
    {
        var report = await CommandJson.OfAsync(workspace, "cost", "--by", "user");
        var budget = report.GetProperty("budgets")[0];
        var (spent, lost) = (budget.GetProperty("spentUsd").GetDecimal(), budget.GetProperty("lostUsd").GetDecimal());
        Assert.True(spent + lost >= Lines * .003m, $"{spent} spent, {lost} lost");
        Assert.True(spent <= asked * .003m, $"{spent} spent by {asked} calls");
        Assert.True(spent + lost <= budget.GetProperty("limitUsd").GetDecimal());
    }

    private static string Settings(string address) => $$"""
        version: 1
        storage: sqlite
        models:
          providers:
            p: { kind: openai, baseUrl: "{{address}}/v1", limits: { connect: 60s, firstToken: 60s, betweenTokens: 60s, total: 120s } }
          routes:
            default: [ p/m ]
        budgets:
          spend: [ { for: everyone, month: 20 } ]
        """;

    private static async Task<string> KeyAsync(SampleWorkspace workspace)
    {
        await CommandJson.OfAsync(workspace, "user", "add", "ann");
        return (await CommandJson.OfAsync(workspace, "key", "create", "--user", "ann")).GetProperty("key").GetString()!;
    }

    private static HttpClient Client(RunningServer server, string key)
    {
        var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    private static async Task<string> HandInAsync(HttpClient client)
    {
        var lines = string.Join('\n', Enumerable.Range(0, Lines).Select(i => string.Create(CultureInfo.InvariantCulture,
            $$$"""{"custom_id":"call-{{{i}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"default","max_tokens":1000,"messages":[{"role":"user","content":"line {{{i}}}"}]} }""")));
        using var form = new MultipartFormDataContent { { new StringContent("batch"), "purpose" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(lines)), "file", "calls.jsonl" } };
        var file = await SendAsync(client, "/v1/files", form);
        var batch = await SendAsync(client, "/v1/batches",
            new StringContent($$"""{"input_file_id":"{{file}}","endpoint":"/v1/chat/completions","completion_window":"24h"}""",
                new MediaTypeHeaderValue("application/json")));
        return batch;
    }

    private static async Task<string> SendAsync(HttpClient client, string path, HttpContent content)
    {
        using var response = await client.PostAsync(path, content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return CommandJson.Parse(text).GetProperty("id").GetString()!;
    }

    /// <summary>Asks until the job has ended; the test's own time limit ends it otherwise.</summary>
    private static async Task<JsonElement> FinishedAsync(HttpClient client, string batch)
    {
        while (true)
        {
            var state = CommandJson.Parse(await client.GetStringAsync($"/v1/batches/{batch}"));
            if (state.GetProperty("status").GetString() is "completed" or "failed" or "cancelled")
                return state;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
