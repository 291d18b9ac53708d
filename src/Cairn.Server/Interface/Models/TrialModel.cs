using Cairn.Models;

namespace Cairn.Server;

/// <summary>The scripted model (docs/scripted-model.md) that the page offers to who has no other.</summary>
internal static class TrialModel
{
    public const string ScriptName = "demo-script.yaml";

    public const string Script = """
        version: 1
        turns:
          - matches: 'Question: .*hello'
            reply: Hello. I say what demo-script.yaml tells me to.
          - reply: "NO ANSWER: demo-script.yaml holds no turn for this question."
        """;

    public static ProviderSnippet Provider { get; } = new("demo", $"{{ kind: scripted, script: {ScriptName} }}", "any");
}
