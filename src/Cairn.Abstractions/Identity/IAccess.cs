namespace Cairn.Abstractions;

/// <summary>Decides who may do what, once, for everyone. Deny by default.</summary>
public interface IAccess
{
    /// <summary>
    /// The caller as of now: groups in groups are expanded at each call, so a change of membership holds from the next request.
    /// </summary>
    /// <returns>null when no such user exists or the user is disabled.</returns>
    Task<Principal?> ResolveAsync(string tenant, string user, CancellationToken cancellationToken);

    bool MayRead(Principal caller, AccessSet access);

    bool May(Principal caller, Right right);
}
