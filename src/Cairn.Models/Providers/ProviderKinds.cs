using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>The kinds that ship.</summary>
public static class ProviderKinds
{
    private static readonly ImmutableArray<IProviderKind> Http =
    [
        new OpenAiKind(), new AnthropicKind(), new GeminiKind(), new BedrockKind(),
    ];

    public static ImmutableArray<IProviderKind> BuiltIn { get; } = [.. Http, new ReplayKind(Http), new ScriptedKind()];
}
