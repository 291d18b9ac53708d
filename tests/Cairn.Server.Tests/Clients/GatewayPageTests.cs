using System.Diagnostics;
using System.Text.RegularExpressions;
using Cairn.Apps;

namespace Cairn.Server.Tests;

/// <summary>What docs/gateway.md shows is run as it stands there.</summary>
public sealed partial class GatewayPageTests
{
    private static readonly string Page = File.ReadAllText(Checkout.Path("docs/gateway.md"));

    [Fact]
    public void The_page_s_workspace_is_read()
        => Assert.Equal(["openai", "azure", "openrouter", "local", "claude", "gemini", "aws"],
            WorkspaceFile.Parse(Block("yaml", "# cairn.yaml"), "/workspace").Models.Providers.Select(p => p.Name));

    [Fact]
    public async Task The_page_s_program_gets_its_answers()
    {
        var folder = Checkout.Path("tests/js");
        if (!Directory.Exists(Path.Combine(folder, "node_modules/@anthropic-ai/sdk")))
            Assert.Skip("the clients are not installed: npm ci in tests/js");
        await using var server = await TestServer.StartAsync(
            settings: $"version: 1\nmodels:\n  providers:\n    demo: {{ kind: scripted, script: {folder}/clients/script.yaml }}\n  routes: {{ default: [ demo/any ] }}\n");
        using var client = await server.KeyClientAsync("ann");
        using var process = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-e", Block("js")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["CAIRN"] = server.Host.Address!.GetLeftPart(UriPartial.Authority),
                ["CAIRN_KEY"] = client.DefaultRequestHeaders.Authorization!.Parameter!,
            },
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        Assert.Equal("Four dàys.\nFour dàys.\n", await process.StandardOutput.ReadToEndAsync());
        Assert.Equal("", await errors);
    }

    private static string Block(string language, string begin = "")
        => Blocks().Matches(Page).First(
            m => m.Groups[1].Value == language && m.Groups[2].Value.StartsWith(begin, StringComparison.Ordinal)).Groups[2].Value;

    [GeneratedRegex("```([a-z]+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
