namespace Cairn.Models;

/// <summary>What every call meets. A port that is null is not there: a library's user takes what they need.</summary>
internal sealed record GatewayPorts
{
    public required Router Router { get; init; }

    public required TimeProvider Time { get; init; }

    public required Chance Chance { get; init; }

    public required GatewayMeter Meter { get; init; }

    public IBudgets? Budgets { get; init; }

    public ICallLimits? Limits { get; init; }

    public IReplyCache? Cache { get; init; }

    /// <summary>What routes that compare questions by meaning compare with.</summary>
    public AskedQuestions? Asked { get; init; }

    public IModelCatalog? Catalog { get; init; }

    public ITokenCounter? Tokens { get; init; }

    public EmbeddingBatches Embeddings { get; init; } = new();

    public StructuredUpstreams Structured { get; init; } = new();

    /// <summary>Asked for late: apps call models themselves.</summary>
    public Func<IAppModels?> Apps { get; init; } = () => null;

    public ICallLog? Log { get; init; }
}
