namespace Cairn.Storage;

/// <summary>A module that refers to blobs says which; a blob that no module refers to is deleted after a while.</summary>
public interface IBlobReferences
{
    /// <returns>Those of the hashes that rows of this module refer to, in any tenant.</returns>
    Task<IReadOnlyList<string>> AmongAsync(Session session, IReadOnlyList<string> hashes);
}
