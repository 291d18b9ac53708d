using System.Text.Json;

namespace Cairn.Bench;

/// <summary>
/// LangChain.js 0.3: DirectoryLoader with TextLoader (and HtmlToTextTransformer), PDFLoader or DocxLoader and its splitter, in memory, in a
/// Node process whose start is not counted.
/// </summary>
internal static class LangChainPeer
{
    private static readonly NodePeer Node = new("langchain");

    public static Task InstallAsync() => Node.InstallAsync();

    public static async Task<(int Documents, int Chunks, double Seconds, double Processor)> RunAsync(string folder)
    {
        using var result = JsonDocument.Parse(await Node.RunAsync("node", "ingest.js", folder));
        return (
            result.RootElement.GetProperty("documents").GetInt32(),
            result.RootElement.GetProperty("chunks").GetInt32(),
            result.RootElement.GetProperty("seconds").GetDouble(),
            result.RootElement.GetProperty("processor").GetDouble());
    }
}
