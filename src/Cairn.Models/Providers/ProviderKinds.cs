using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>The kinds that ship.</summary>
public static class ProviderKinds
{
    public static ImmutableArray<IProviderKind> BuiltIn { get; } = [new OpenAiKind(), new ScriptedKind()];
}
