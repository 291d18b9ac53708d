namespace Cairn.Knowledge;

/// <summary>A version about to be written, with the row number that was reserved for it.</summary>
internal sealed record StoredVersion(long Id, string Document, int Version, PreparedFile File);
