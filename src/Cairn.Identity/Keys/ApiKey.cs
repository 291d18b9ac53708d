namespace Cairn.Identity;

/// <summary>An API key as lists show it; the secret part is not stored.</summary>
public sealed record ApiKey
{
    public required string Id { get; init; }

    /// <summary>Whose rights it has.</summary>
    public required string User { get; init; }

    /// <summary>How the key begins, to recognise it.</summary>
    public required string Prefix { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>To within a minute.</summary>
    public DateTimeOffset? LastUsed { get; init; }
}
