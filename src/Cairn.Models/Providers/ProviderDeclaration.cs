namespace Cairn.Models;

/// <summary>A provider as <c>cairn.yaml</c> declares it. References are unresolved; the key never leaves its <see cref="Setting"/>.</summary>
public sealed record ProviderDeclaration
{
    public required string Name { get; init; }

    public required ProviderKind Kind { get; init; }

    /// <summary>For <see cref="ProviderKind.OpenAi"/>: up to and including <c>/v1</c>.</summary>
    public Setting? BaseUrl { get; init; }

    public Setting? ApiKey { get; init; }

    /// <summary>For <see cref="ProviderKind.Scripted"/>.</summary>
    public Script? Script { get; init; }

    public TimeLimits Limits { get; init; } = TimeLimits.Default;
}
