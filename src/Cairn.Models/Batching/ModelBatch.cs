namespace Cairn.Models;

/// <summary>Calls of models to be made some time, as they were handed in.</summary>
public sealed record ModelBatch
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    /// <summary>Whose it is: nobody else sees it, and its calls are made with this user's rights as they are then.</summary>
    public required string User { get; init; }

    /// <summary>The API key that limits and budgets go by; null without one.</summary>
    public string? Key { get; init; }

    public required string File { get; init; }

    /// <summary><c>/v1/chat/completions</c> and so on; one for all calls.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Of <see cref="Cairn.Work.IJobs"/>; null until it is enqueued.</summary>
    public string? Job { get; init; }

    public required long Total { get; init; }

    /// <summary>The caller's own, as JSON; null without any.</summary>
    public string? Metadata { get; init; }

    public required DateTimeOffset Created { get; init; }
}
