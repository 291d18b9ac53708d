using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>For whom a call is made: what rights, limits, budgets, caches and traces go by. Model output never changes it.</summary>
public sealed record CallOrigin
{
    public required Principal Caller { get; init; }

    /// <summary>The API key's id (never the key); null for a session or a call from inside.</summary>
    public string? Key { get; init; }

    /// <summary>The app on whose behalf the model is called; null for a caller's own call.</summary>
    public string? App { get; init; }

    /// <summary>Keeps a conversation on the model that began it, where the route says so.</summary>
    public string? Conversation { get; init; }

    /// <summary>The caller's own labels, which a route may choose by.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];
}
