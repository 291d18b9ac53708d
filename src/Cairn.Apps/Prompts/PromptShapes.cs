namespace Cairn.Apps;

/// <summary>The fields of a prompt file's front matter (schemas/prompt.schema.json).</summary>
internal static class PromptShapes
{
    public static readonly Shape File = new("prompt", "model", "config", "input", "output");
    public static readonly Shape Config = new("config", "temperature", "topP", "maxOutputTokens", "stopSequences");
    public static readonly Shape Input = new("input", "schema");
    public static readonly Shape Output = new("output", "format");

    public static IEnumerable<Shape> All => [File, Config, Input, Output];
}
