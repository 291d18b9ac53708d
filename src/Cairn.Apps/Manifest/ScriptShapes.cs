namespace Cairn.Apps;

/// <summary>The fields of a scripted model's file (schemas/script.schema.json).</summary>
internal static class ScriptShapes
{
    public static readonly Shape File = new("script", "version", "turns", "embeddings");
    public static readonly Shape Turn = new("turn", "contains", "matches", "results", "reasoning", "reply", "calls", "logprob", "finish",
        "usage", "pieceLength", "delay", "pieceDelay", "fail");
    public static readonly Shape Call = new("call", "name", "arguments", "id");
    public static readonly Shape Usage = new("usage", "input", "cacheRead", "cacheWrite", "output", "reasoning");
    public static readonly Shape Embeddings = new("embeddings", "dimensions");
    public static readonly Shape Failure = new("failure", "kind", "after", "status", "retryAfter");

    public static IEnumerable<Shape> All => [File, Turn, Call, Usage, Embeddings, Failure];
}
