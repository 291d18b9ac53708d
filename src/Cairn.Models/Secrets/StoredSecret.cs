namespace Cairn.Models;

/// <param name="Masked">
/// Enough to tell two keys apart: <c>••••3f9a</c>, or only dots for a short one; <see cref="Unreadable"/> for one to be set again.
/// </param>
public sealed record StoredSecret(string Name, string Masked, DateTimeOffset Changed)
{
    /// <summary>In place of a mask: the file was changed, or the key that sealed it is another or gone.</summary>
    public const string Unreadable = "unreadable";
}
