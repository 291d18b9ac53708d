namespace Cairn.Identity;

/// <summary>
/// Signed-in browsers. A session ends two weeks after its last use, 90 days after sign-in, at sign-out, or with its user.
/// </summary>
public interface ISessions
{
    /// <returns>null when the token is none, ended, or its user was removed.</returns>
    Task<Principal?> AuthenticateAsync(string token, CancellationToken cancellationToken);

    Task EndAsync(string token, CancellationToken cancellationToken);
}
