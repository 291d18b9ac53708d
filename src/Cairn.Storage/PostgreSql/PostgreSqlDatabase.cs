using System.Data;
using Npgsql;

namespace Cairn.Storage;

internal sealed class PostgreSqlDatabase : IDatabase
{
    private const int MostRetries = 20;

    // Migrations of several processes that start at once run one after the other; the key is "migrate" in ASCII.
    private const string MigrationLock = "SELECT pg_advisory_xact_lock(30799359867450469)";

    private readonly FeedSignal _signal;
    private readonly Migrator _migrator;
    private readonly SemaphoreSlim _opening = new(1);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Nesting _nesting = new();
    private readonly PostgreSqlListener _listener;
    private volatile bool _open;
    private bool _disposed;

    public PostgreSqlDatabase(DatabaseOptions options, IEnumerable<IMigrations> migrations, FeedSignal signal, TimeProvider time)
    {
        Mapping.Apply();
        _signal = signal;
        _migrator = new(migrations);
        Source = NpgsqlDataSource.Create(options.Target);
        var parts = new NpgsqlConnectionStringBuilder(options.Target);
        Location = $"{parts.Host}:{parts.Port}/{parts.Database ?? parts.Username}";
        _listener = new(Source, signal, time);
    }

    public DatabaseEngine Engine => DatabaseEngine.PostgreSql;

    public long? WriteCount => null;

    public NpgsqlDataSource Source { get; }

    /// <summary>Host, port and database: never a password.</summary>
    public string Location { get; }

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_open)
            return;
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_open)
                return;
            await _migrator.ApplyAsync(step => TransactAsync(IsolationLevel.ReadCommitted, Durability.Full, async session =>
            {
                await session.ExecuteAsync(MigrationLock);
                await step(session);
                return true;
            }, cancellationToken));
            _listener.Start();
            _open = true;
        }
        catch (Exception error) when (PostgreSqlErrors.Translate(error, Location) is { } better)
        {
            throw better;
        }
        finally
        {
            _opening.Release();
        }
    }

    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        using var inside = _nesting.Enter("read");
        try
        {
            await using var connection = await Source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await using (var readOnly = new NpgsqlCommand("SET TRANSACTION READ ONLY", connection, transaction))
                await readOnly.ExecuteNonQueryAsync(cancellationToken);
            return await read(new Session(Engine, connection, transaction, cancellationToken));
        }
        catch (Exception error) when (PostgreSqlErrors.Translate(error, Location) is { } better)
        {
            throw better;
        }
    }

    public async Task<T> WriteAsync<T>(Durability durability, Func<WriteSession, Task<T>> change, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        using var inside = _nesting.Enter("write");
        try
        {
            return await TransactAsync(IsolationLevel.Serializable, durability, change, cancellationToken);
        }
        catch (Exception error) when (PostgreSqlErrors.IsLostRace(error))
        {
            return await AgainAsync(durability, change, cancellationToken);
        }
        catch (Exception error) when (PostgreSqlErrors.Translate(error, Location) is { } better)
        {
            throw better;
        }
    }

    public Task<DatabaseDescription> DescribeAsync(CancellationToken cancellationToken) => ReadAsync(
        async session => new DatabaseDescription(Engine, await session.GetAsync<string>("SHOW server_version"), Location,
            await session.GetAsync<long>("SELECT pg_database_size(current_database())")), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // A container that knows it under two types disposes of it twice.
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await _listener.DisposeAsync();
        await Source.DisposeAsync();
        _opening.Dispose();
        _turn.Dispose();
    }

    /// <summary>Losers of a race go one after the other, so that under contention they do not defeat each other again.</summary>
    private async Task<T> AgainAsync<T>(Durability durability, Func<WriteSession, Task<T>> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await TransactAsync(IsolationLevel.Serializable, durability, change, cancellationToken);
                }
                catch (Exception error) when (attempt < MostRetries && PostgreSqlErrors.IsLostRace(error))
                {
                    // Another process, or a change that came fresh, won again.
                }
                catch (Exception error) when (PostgreSqlErrors.Translate(error, Location) is { } better)
                {
                    throw better;
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<T> TransactAsync<T>(
        IsolationLevel isolation, Durability durability, Func<WriteSession, Task<T>> change, CancellationToken cancellationToken)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(isolation, cancellationToken);
        var session = new WriteSession(Engine, connection, transaction, cancellationToken);
        if (durability == Durability.Derived)
            await session.ExecuteAsync("SET LOCAL synchronous_commit = off");
        var result = await change(session);
        var announced = await FeedLog.AppendAsync(session);
        await transaction.CommitAsync(CancellationToken.None);
        if (announced)
            _signal.Raise();
        return result;
    }
}
