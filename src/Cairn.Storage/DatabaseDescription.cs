namespace Cairn.Storage;

/// <summary>What <c>cairn doctor</c> prints about the database.</summary>
/// <param name="Version">Of the SQLite library that runs in this process, or of the PostgreSQL server.</param>
/// <param name="Location">The file, or host and database; never a password.</param>
/// <param name="Bytes">Its size on disk, blobs aside where they are files.</param>
/// <param name="Warning">What is doubtful about this version; null when nothing is.</param>
/// <param name="Fix">What mends it.</param>
public sealed record DatabaseDescription(
    DatabaseEngine Engine, string Version, string Location, long Bytes, string? Warning = null, string? Fix = null);
