using System.Text.Json;

namespace Cairn.EndToEnd.Tests;

/// <summary>A command's <c>--json</c> output, which must be one document.</summary>
internal static class CommandJson
{
    public static async Task<JsonElement> OfAsync(SampleWorkspace workspace, params string[] arguments)
    {
        var result = await CairnCommandLine.RunAsync(workspace.Root, [.. arguments, "--json"]);
        Assert.True(result.ExitCode == 0,
            $"cairn {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Error}{result.Output}");
        return Parse(result.Output);
    }

    public static JsonElement Parse(string output)
    {
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }
}
