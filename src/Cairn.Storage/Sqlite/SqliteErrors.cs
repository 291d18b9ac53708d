using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cairn.Storage;

/// <summary>What SQLite's result codes mean to a person (https://sqlite.org/rescode.html).</summary>
internal static class SqliteErrors
{
    /// <returns>The error to throw instead, or null when the driver's own should reach the caller.</returns>
    public static Exception? Translate(Exception error, string path, CancellationToken cancellationToken) => error switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_INTERRUPT } e when cancellationToken.IsCancellationRequested
            => new OperationCanceledException(e.Message, e, cancellationToken),
        SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } e => new CairnException(
            ErrorKind.Environment, "database.damaged", $"The database {path} is damaged: {e.Message}",
            $"Stop Cairn, move {path} and the files {path}-wal and {path}-shm aside, and start again or put a backup in their place.", e),
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } e => DiskErrors.Full(path, e),
        SqliteException { SqliteErrorCode: raw.SQLITE_IOERR } e => new CairnException(
            ErrorKind.Environment, "disk.failed", $"The disk under {path} reported an error ({e.SqliteExtendedErrorCode}): {e.Message}",
            $"Check the free space and the health of the disk under {path}, then start again; nothing that was acknowledged is lost.", e),
        SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM } e => new CairnException(
            ErrorKind.Environment, "database.unreachable", $"The database {path} cannot be opened for writing: {e.Message}",
            $"Make sure that {Path.GetDirectoryName(path)} exists and that you may write to it and to {path}.", e),
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } e => new CairnException(
            ErrorKind.Conflict, "database.locked", $"Another program holds the database {path}.",
            "Close the program that has it open (a second Cairn, a database browser), then try again.", e),
        IOException e when DiskErrors.IsFull(e) => DiskErrors.Full(path, e),
        _ => null,
    };
}
