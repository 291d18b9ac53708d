namespace Cairn.Models;

/// <summary>One call on its way: who makes it, what it asks for, how it went so far. An HTTP request and a call of an <c>IChatClient</c> both become one.</summary>
internal sealed class GatewayCall
{
    /// <summary>What is reserved for output where neither the caller nor the catalogue gives a bound.</summary>
    private const long UnboundedOutput = 32_768;

    public required CallOrigin Origin { get; init; }

    public required Route Route { get; init; }

    public required CallNeeds Needs { get; init; }

    public required bool Streams { get; init; }

    public int Choices { get; init; } = 1;

    public required CallRecord Record { get; init; }

    /// <summary>A timestamp of the gateway's clock.</summary>
    public required long Began { get; init; }

    /// <summary>The most that one attempt at a model can use.</summary>
    public CallUsage MostAt(Target target, ITokenCounter? tokens, IModelCatalog? catalog)
        => new(
            tokens?.AtMost(target.Name, Needs.Bytes) ?? Needs.Bytes,
            0,
            0,
            Needs.Abilities.HasFlag(ModelAbilities.Embeddings) ? 0 : (Needs.MaxOutput ?? catalog?.Find(target.Name)?.MaxOutput ?? UnboundedOutput) * Choices,
            0);
}
