namespace Cairn.Storage;

/// <summary>
/// One database, two engines. Reads run beside each other and see one snapshot; writes run one at a time on SQLite (a single writer
/// that also checkpoints) and serialisably on PostgreSQL. A change that throws leaves nothing behind.
/// </summary>
/// <remarks>
/// Sessions do not nest: a change that needs to read uses its own session. A full disk, a damaged file and an unreachable server arrive as
/// <see cref="CairnException"/> with <see cref="ErrorKind.Environment"/>; constraint violations arrive as the driver throws them.
/// </remarks>
public interface IDatabase : IAsyncDisposable
{
    DatabaseEngine Engine { get; }

    /// <summary>
    /// Connects and applies the migrations of every module. Idempotent; the other calls do it when nobody has, but a host calls it at
    /// start, so that a damaged file or a newer schema is said there.
    /// </summary>
    Task OpenAsync(CancellationToken cancellationToken);

    Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>
    /// Commits when <paramref name="change"/> returns, rolls back when it throws. On PostgreSQL a change that lost against a concurrent
    /// one runs again from its start, so it keeps no state outside the session.
    /// </summary>
    Task<T> WriteAsync<T>(Durability durability, Func<WriteSession, Task<T>> change, CancellationToken cancellationToken);

    /// <summary>
    /// Grows with every write, before the writer hears of its end: what was read after asking for it is still so while it stays the same.
    /// null where other processes write too (PostgreSQL).
    /// </summary>
    long? WriteCount { get; }

    Task<DatabaseDescription> DescribeAsync(CancellationToken cancellationToken);
}
