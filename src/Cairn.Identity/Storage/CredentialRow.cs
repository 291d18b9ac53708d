namespace Cairn.Identity;

/// <summary>A stored key, link or session: never the secret, only its hash.</summary>
internal sealed class CredentialRow
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string UserName { get; init; }

    public required string Hash { get; init; }

    public long Created { get; init; }

    /// <summary>Last use of a key or session.</summary>
    public long? Seen { get; init; }

    /// <summary>Of a link.</summary>
    public long Expires { get; init; }

    /// <summary>When a link was used or a key revoked.</summary>
    public long? Ended { get; init; }
}
