namespace Cairn.Identity;

/// <summary>One-time links: the first start makes the owner's, <c>cairn user link</c> everybody else's.</summary>
public interface ISignInLinks
{
    /// <summary>Makes a link; earlier unused ones of the user stop working.</summary>
    /// <exception cref="CairnException">No such user, or no right to invite.</exception>
    Task<SignInLink> CreateAsync(Principal caller, string user, CancellationToken cancellationToken);

    /// <summary>Whom the link is for, without using it up.</summary>
    /// <returns>null when it is unknown, used or expired.</returns>
    Task<string?> PeekAsync(string token, CancellationToken cancellationToken);

    /// <summary>Uses the link up and opens a session.</summary>
    /// <exception cref="CairnException">Unknown, used, or expired.</exception>
    Task<NewSession> RedeemAsync(string token, CancellationToken cancellationToken);
}
