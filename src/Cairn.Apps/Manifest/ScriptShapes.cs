namespace Cairn.Apps;

/// <summary>The fields of a scripted model's file (schemas/script.schema.json).</summary>
internal static class ScriptShapes
{
    public static readonly Shape File = new("script", "version", "turns");
    public static readonly Shape Turn = new("turn", "contains", "matches", "reply", "pieceLength", "delay", "pieceDelay", "fail");
    public static readonly Shape Failure = new("failure", "kind", "after", "status");

    public static IEnumerable<Shape> All => [File, Turn, Failure];
}
