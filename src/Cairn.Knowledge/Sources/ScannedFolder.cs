namespace Cairn.Knowledge;

/// <summary>
/// A folder that a scan could not enter. What was ingested from it earlier stays when it is only <paramref name="Unreadable"/> now, and
/// goes when it leads outside the source.
/// </summary>
internal sealed record ScannedFolder(string Path, string Folder, string Reason, bool Unreadable);
