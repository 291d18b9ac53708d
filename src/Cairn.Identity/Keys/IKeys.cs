namespace Cairn.Identity;

/// <summary>API keys. Everybody makes, lists and revokes their own; those of others need <see cref="Right.ManagePeople"/>.</summary>
public interface IKeys
{
    Task<NewApiKey> CreateAsync(Principal caller, string user, CancellationToken cancellationToken);

    /// <summary>Keys that are not revoked: all of them for whoever manages people, else the caller's own.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(Principal caller, CancellationToken cancellationToken);

    /// <exception cref="CairnException">No such key that the caller may revoke.</exception>
    Task RevokeAsync(Principal caller, string id, CancellationToken cancellationToken);

    /// <summary>The identifier in an API key's text.</summary>
    /// <param name="key">One that was authenticated.</param>
    static string IdOf(string key) => key[Keys.Mark.Length..key.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>Whose key this is.</summary>
    /// <returns>null when it is none, revoked, or its user was removed.</returns>
    ValueTask<Principal?> AuthenticateAsync(string key, CancellationToken cancellationToken);
}
