namespace Cairn.Apps;

/// <summary>The fields of <c>app.yaml</c> (schemas/app.schema.json).</summary>
internal static class AppShapes
{
    public static readonly Shape File = new("app", "version", "name", "title", "description", "input", "output", "flow", "model",
        "knowledge", "tools", "guards",
        "access", "evals", "gates", "limits", "publish");

    public static readonly Shape Flow = new("flow", "kind", "prompt", "floor", "unsupported");
    public static readonly Shape Knowledge = new("knowledge", "source", "top", "freshness");
    public static readonly Shape Guards = new("guards", "input", "output");
    public static readonly Shape Access = new("access", "use", "ship", "override");
    public static readonly Shape Gate = new("gate", "metric", "min", "no_worse_than", "margin", "confidence");
    public static readonly Shape Limits = new("limits", "costPerDayUsd", "timeout", "concurrent");
    public static readonly Shape Publish = new("publish", "http", "openai", "mcp", "widget");

    public static IEnumerable<Shape> All => [File, Flow, Knowledge, Guards, Access, Gate, Limits, Publish];
}
