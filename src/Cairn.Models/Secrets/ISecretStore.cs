namespace Cairn.Models;

/// <summary>
/// The workspace's own secrets, encrypted at rest: what <c>${secret:NAME}</c> reads. A value goes in and is never shown again.
/// </summary>
public interface ISecretStore
{
    /// <exception cref="CairnException">The name or the value has not the form of one (<c>secret.name</c>,
    /// <c>secret.value</c>).</exception>
    void Set(string name, string value);

    /// <returns>False when there was none.</returns>
    bool Remove(string name);

    /// <summary>All, by name; also those that cannot be decrypted.</summary>
    IReadOnlyList<StoredSecret> List();

    /// <returns>null when there is none.</returns>
    /// <exception cref="CairnException">It cannot be decrypted (<c>secret.unreadable</c>).</exception>
    string? Find(string name);
}
