using Cairn.Storage;

namespace Cairn.Testing;

/// <summary>
/// Stops working for good at the given write, right before or right after its commit: what a killed process looks like to the database.
/// </summary>
public sealed class DyingDatabase(IDatabase inner, int at, bool before) : IDatabase
{
    private int _writes;

    public bool Died { get; private set; }

    public DatabaseEngine Engine => inner.Engine;

    public long? WriteCount => inner.WriteCount;

    public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellationToken)
        => Died ? throw new DeathException() : inner.ReadAsync(read, cancellationToken);

    public async Task<T> WriteAsync<T>(Durability durability, Func<WriteSession, Task<T>> change, CancellationToken cancellationToken)
    {
        var dies = Interlocked.Increment(ref _writes) >= at;
        if (dies && before)
        {
            Died = true;
            throw new DeathException();
        }
        var result = await inner.WriteAsync(durability, change, cancellationToken);
        if (!dies)
            return result;
        Died = true;
        throw new DeathException();
    }

    public Task<DatabaseDescription> DescribeAsync(CancellationToken cancellationToken) => inner.DescribeAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
