using System.Text;
using System.Text.Json;
using Cairn.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class ReplayTests : IDisposable
{
    private const string Key = "AIza-secret-0123456789";

    private readonly ManualTime _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("cairn-replay-").FullName;

    private string File => Path.Combine(_folder, "recordings", "harbour.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_recorded_is_played_without_the_provider()
    {
        var answers = 0;
        await using (var endpoint = await FakeEndpoint.StartAsync(c => SendAsync(c, $"Answer {++answers} for {Key}.")))
        {
            var recorder = Open(endpoint.BaseUrl, "strict", record: true);
            await recorder.GetStreamingResponseAsync("How long is the quay?").ToChatResponseAsync();
            await recorder.GetStreamingResponseAsync("How deep is the harbour?").ToChatResponseAsync();
            await recorder.GetStreamingResponseAsync("How long is the quay?").ToChatResponseAsync();
        }
        Assert.DoesNotContain(Key, await System.IO.File.ReadAllTextAsync(File));

        var player = Open(null, "strict");
        Assert.Equal("Answer 1 for REMOVED.", await AskAsync(player, "How long is the quay?"));
        Assert.Equal("Answer 2 for REMOVED.", await AskAsync(player, "How deep is the harbour?"));
        Assert.Equal("Answer 3 for REMOVED.", await AskAsync(player, "How long is the quay?"));
        Assert.Equal("Answer 3 for REMOVED.", await AskAsync(player, "How long is the quay?"));
    }

    [Fact]
    public async Task Strict_wants_the_same_body_and_fuzzy_the_most_alike()
    {
        await using (var endpoint = await FakeEndpoint.StartAsync(c => SendAsync(c, "Forty metres.")))
            await AskAsync(Open(endpoint.BaseUrl, "strict", record: true), "How long is the old quay in the east?");
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => AskAsync(Open(null, "strict"),
            "How long is the new quay in the east?"));
        Assert.Equal("provider.replay", failure.Code);
        Assert.Contains("the nearest shares", failure.Message);
        Assert.Equal("Forty metres.", await AskAsync(Open(null, "fuzzy"), "How long is the new quay in the east?"));
        await Assert.ThrowsAsync<ProviderFailureException>(() => AskAsync(Open(null, "fuzzy"),
            "Who pays demurrage when fog closes Harlow lock, and where does one complain about an invoice that came twice?"));
    }

    [Fact]
    public async Task A_failure_and_a_cut_connection_are_played_too()
    {
        var failing = true;
        var seen = new TaskCompletionSource();
        await using (var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            if (failing)
            {
                c.Response.StatusCode = 429;
                c.Response.Headers.RetryAfter = "7";
                return;
            }
            await FakeEndpoint.SendAsync(c, "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Half\"}]}}]}\n\n");
            await seen.Task;
            c.Abort();
        }))
        {
            var recorder = Open(endpoint.BaseUrl, "strict", record: true);
            await Assert.ThrowsAsync<ProviderFailureException>(() => AskAsync(recorder, "One?"));
            failing = false;
            await Assert.ThrowsAsync<ProviderFailureException>(async () =>
            {
                await foreach (var _ in recorder.GetStreamingResponseAsync("Two?"))
                    seen.TrySetResult();
            });
        }
        var player = Open(null, "strict");
        Assert.Equal(TimeSpan.FromSeconds(7),
            (await Assert.ThrowsAsync<ProviderFailureException>(() => AskAsync(player, "One?"))).RetryAfter);
        Assert.Equal("provider.closed", (await Assert.ThrowsAsync<ProviderFailureException>(() => AskAsync(player, "Two?"))).Code);
    }

    [Fact]
    public async Task A_recording_that_is_missing_or_damaged_is_named_with_its_line()
    {
        Assert.Equal("recording.missing", (await Assert.ThrowsAnyAsync<CairnException>(() => AskAsync(Open(null, "strict"), "?"))).Code);
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, "\n{\"request\":1}\n");
        Assert.Contains("harbour.jsonl:2",
            (await Assert.ThrowsAnyAsync<CairnException>(() => AskAsync(Open(null, "strict"), "?"))).Message);
    }

    [Fact]
    public async Task A_sign_in_and_bytes_that_quote_a_key_are_not_recorded()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        await using var signIn =
            await FakeEndpoint.StartAsync(c => c.Response.WriteAsync("""{"access_token":"ya29.live-token","expires_in":3600}"""));
        await using var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            c.Response.ContentType = "text/event-stream";
            await c.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Key));
            await c.Response.Body.WriteAsync(new byte[] { 0xFF, 0xFE });
        });
        var account = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["client_email"] = "robot@harbour.example", ["private_key"] = key.ExportPkcs8PrivateKeyPem(),
            ["token_uri"] = new Uri(signIn.BaseUrl, "/token").AbsoluteUri,
        });
        var connection = TestConnection.To(endpoint.BaseUrl, _time, Key, ("as", "gemini"), ("recording", File), ("record", "true"),
            ("serviceAccount", account), ("project", "harbour"));
        await Assert.ThrowsAsync<ProviderFailureException>(() => AskAsync(new ReplayKind([new GeminiKind()]).Open(connection,
            "gemini-3.5-flash").Chat, "One?"));
        Assert.Single(signIn.Bodies);
        var recorded = Assert.Single(new RecordingFile(File).Read());
        Assert.Empty(recorded.Response.Body());
        Assert.DoesNotContain("ya29", await System.IO.File.ReadAllTextAsync(File));
    }

    private IChatClient Open(Uri? baseUrl, string match, bool record = false)
        => new ReplayKind([new GeminiKind(), new BedrockKind()])
            .Open(TestConnection.To(baseUrl, _time, record ? Key : null, ("as", "gemini"), ("recording", File), ("match", match),
                ("record", record ? "true" : "false")), "gemini-3.5-flash").Chat;

    private static async Task<string> AskAsync(IChatClient chat, string question)
        => (await chat.GetStreamingResponseAsync(question).ToChatResponseAsync()).Text;

    private static Task SendAsync(HttpContext context, string text)
        => FakeEndpoint.SendAsync(context,
            $$"""data: {"candidates":[{"content":{"parts":[{"text":"{{text}}"}]},"finishReason":"STOP"}]}""" + "\n\n");
}
