using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cairn.Storage;

internal sealed class SqliteDatabase : IDatabase
{
    private readonly string _path;
    private readonly FeedSignal _signal;
    private readonly Migrator _migrator;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Nesting _nesting = new();
    private volatile bool _open;
    private bool _disposed;
    private long _writes;

    public SqliteDatabase(DatabaseOptions options, IEnumerable<IMigrations> migrations, FeedSignal signal)
    {
        Mapping.Apply();
        _path = options.Target;
        _signal = signal;
        _migrator = new(migrations);
        var connections = new SqliteConnections(_path, options.WriteAheadLimit);
        _readers = new(connections);
        _writer = new(connections, _path, options.WriteAheadLimit);
    }

    public DatabaseEngine Engine => DatabaseEngine.Sqlite;

    public long? WriteCount => Interlocked.Read(ref _writes);

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_open)
            return;
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_open)
                return;
            await _migrator.ApplyAsync(step => _writer.RunAsync(Durability.Full, async session =>
            {
                await step(session);
                return true;
            }, cancellationToken));
            _open = true;
        }
        catch (Exception error) when (SqliteErrors.Translate(error, _path, cancellationToken) is { } better)
        {
            throw better;
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        using var inside = _nesting.Enter("read");
        var connection = await _readers.RentAsync(cancellationToken);
        var sound = false;
        try
        {
            T result;
            await using (var transaction = connection.BeginTransaction(deferred: true))
            await using (cancellationToken.Register(static c => raw.sqlite3_interrupt(((SqliteConnection)c!).Handle), connection))
                result = await read(new Session(DatabaseEngine.Sqlite, connection, transaction, cancellationToken));
            sound = true;
            return result;
        }
        catch (Exception error) when (SqliteErrors.Translate(error, _path, cancellationToken) is { } better)
        {
            throw better;
        }
        finally
        {
            _readers.Return(connection, sound);
        }
    }

    public async Task<T> WriteAsync<T>(Durability durability, Func<WriteSession, Task<T>> change, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        using var inside = _nesting.Enter("write");
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var (result, announced) = await _writer.RunAsync(durability, change, cancellationToken);
            if (announced)
                _signal.Raise();
            return result;
        }
        catch (Exception error) when (SqliteErrors.Translate(error, _path, cancellationToken) is { } better)
        {
            throw better;
        }
        finally
        {
            Interlocked.Increment(ref _writes);
            _writing.Release();
        }
    }

    public Task<DatabaseDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var version = SqliteLibrary.Use();
        return Task.FromResult(Version.Parse(version) >= SqliteLibrary.Recommended
            ? new DatabaseDescription(Engine, version, _path, Bytes())
            : new DatabaseDescription(
                Engine, version, _path, Bytes(), $"SQLite {version} is older than {SqliteLibrary.Recommended}.",
                $"Install SQLite {SqliteLibrary.Recommended} or newer as libsqlite3.so.0; Cairn takes it when it is newer than its own."));
    }

    private long Bytes() => new[] { _path, _path + "-wal" }.Select(p => new FileInfo(p)).Where(f => f.Exists).Sum(f => f.Length);

    public async ValueTask DisposeAsync()
    {
        // A container that knows it under two types disposes of it twice.
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await _writing.WaitAsync();
        _readers.Dispose();
        _writer.Dispose();
        _writing.Dispose();
    }
}
