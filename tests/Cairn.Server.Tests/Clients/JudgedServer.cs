using System.Diagnostics;
using System.Text.Json;

namespace Cairn.Server.Tests;

/// <summary>
/// A server whose providers are a script, and a second server of ours (over the same script) by each protocol that it speaks. Every case of
/// every client has run against each of them in one process of Node.
/// </summary>
public sealed class JudgedServer : IAsyncLifetime
{
    internal IReadOnlyList<JudgedCase> Cases { get; private set; } = [];

    // A busy machine is no failure of a provider's.
    private const string Limits = "limits: { connect: 60s, firstToken: 60s, betweenTokens: 60s, total: 120s }";

    /// <summary>Why nothing was judged; null when it was.</summary>
    public string? Skipped { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var scripts = Checkout.Path("tests/js");
        if (!Directory.Exists(Path.Combine(scripts, "node_modules/@ai-sdk/anthropic")))
        {
            Skipped = "the clients are not installed: npm ci in tests/js";
            return;
        }
        var script = Path.Combine(scripts, "clients/script.yaml");
        var models = $"version: 1\nstorage: sqlite\nmodels:\n  providers:\n    demo: {{ kind: scripted, script: {script}, {Limits} }}\n";
        await using var gemini = await FakeGemini.StartAsync();
        await using var bedrock = await FakeBedrock.StartAsync();
        await using var behind = await TestServer.StartAsync(settings: models);
        var at = behind.Host.Address!.AbsoluteUri;
        await using var server = await TestServer.StartAsync(settings: models
            + $"    by-chat: {{ kind: openai, baseUrl: {at}v1, apiKey: \"${{secret:behind}}\", {Limits} }}\n"
            + $"    by-responses: {{ kind: openai, baseUrl: {at}v1, apiKey: \"${{secret:behind}}\", responses: true, {Limits} }}\n"
            + $"    by-messages: {{ kind: anthropic, baseUrl: {at}anthropic, apiKey: \"${{secret:behind}}\", {Limits} }}\n"
            + $"    google: {{ kind: gemini, baseUrl: {gemini.Address}/v1beta, apiKey: \"${{secret:behind}}\", {Limits} }}\n"
            + $"    aws: {{ kind: bedrock, baseUrl: {bedrock.Address}, region: eu-central-1, apiKey: \"${{secret:behind}}\", {Limits} }}\n"
            + $"    recorder: {{ kind: replay, as: openai, baseUrl: {at}v1, apiKey: \"${{secret:behind}}\", recording: calls.jsonl, record: true, {Limits} }}\n"
            + $"    player: {{ kind: replay, as: openai, recording: calls.jsonl, {Limits} }}\n"
            + "  routes:\n    default: [ demo/any ]\n");
        var secrets = Directory.CreateDirectory(Path.Combine(server.Workspace.Root, ".cairn", "secrets")).FullName;
        await File.WriteAllTextAsync(Path.Combine(secrets, "behind"), await KeyAsync(behind));
        var (address, key) = (server.Host.Address!.AbsoluteUri, await KeyAsync(server));
        var judged = await JudgeAsync(scripts, new
        {
            address,
            key,
            providers = new[]
            {
                new { name = "scripted", model = "demo/*", unpaced = false },
                new { name = "openai", model = "by-chat/demo/*", unpaced = false },
                new { name = "openai-responses", model = "by-responses/demo/*", unpaced = false },
                new { name = "anthropic", model = "by-messages/demo/*", unpaced = false },
                new { name = "gemini", model = "google/*", unpaced = false },
                new { name = "bedrock", model = "aws/*", unpaced = false },
                new { name = "replay", model = "recorder/demo/*", unpaced = true },
            },
        });
        // What was recorded of the last one is played back: the same cases, and nobody there.
        var played = await JudgeAsync(scripts,
            new { address, key, providers = new[] { new { name = "replay", model = "player/demo/*", unpaced = true } } });
        Cases = [.. judged.Where(c => c.Provider != "replay" || c.Error is not null), .. played];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<string> KeyAsync(TestServer server)
    {
        using var client = await server.KeyClientAsync("ann");
        return client.DefaultRequestHeaders.Authorization!.Parameter!;
    }

    private static async Task<IReadOnlyList<JudgedCase>> JudgeAsync(string folder, object given)
    {
        using var process = Process.Start(new ProcessStartInfo("node", ["clients/judge.mjs"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CAIRN_JUDGE"] = JsonSerializer.Serialize(given), ["NO_PROXY"] = "127.0.0.1,localhost" },
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<List<JudgedCase>>(output, JsonSerializerOptions.Web)!;
    }
}
