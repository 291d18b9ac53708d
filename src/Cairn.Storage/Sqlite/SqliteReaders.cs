using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Cairn.Storage;

/// <summary>A bounded pool of read connections.</summary>
internal sealed class SqliteReaders(SqliteConnections connections) : IDisposable
{
    private const int Most = 32;

    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private readonly SemaphoreSlim _slots = new(Most);

    public async Task<SqliteConnection> RentAsync(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        if (_idle.TryTake(out var connection))
            return connection;
        try
        {
            return connections.OpenReader();
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    /// <param name="sound">False when something went wrong on it: it is closed rather than lent again.</param>
    public void Return(SqliteConnection connection, bool sound)
    {
        if (sound)
            _idle.Add(connection);
        else
            connection.Dispose();
        _slots.Release();
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
            connection.Dispose();
        _slots.Dispose();
    }
}
