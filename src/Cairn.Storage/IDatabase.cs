namespace Cairn.Storage;

/// <summary>
/// One database, two engines. Reads run beside each other and see one snapshot; writes run one at a time on SQLite (a single writer
/// that also checkpoints) and in serialisable order on the rows they touch on PostgreSQL. A change that throws leaves nothing behind.
/// </summary>
public interface IDatabase : IAsyncDisposable
{
    DatabaseEngine Engine { get; }

    Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>Commits when <paramref name="change"/> returns, rolls back when it throws.</summary>
    Task<T> WriteAsync<T>(Durability durability, Func<WriteSession, Task<T>> change, CancellationToken cancellationToken);
}
