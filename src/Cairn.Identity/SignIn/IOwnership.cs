namespace Cairn.Identity;

/// <summary>The workspace's first user.</summary>
public interface IOwnership
{
    /// <summary>Makes the owner on the first start; later it does nothing.</summary>
    /// <returns>A sign-in link as long as no owner has ever signed in and <paramref name="link"/> asks for one; else null.</returns>
    Task<SignInLink?> EnsureOwnerAsync(string tenant, bool link, CancellationToken cancellationToken);
}
