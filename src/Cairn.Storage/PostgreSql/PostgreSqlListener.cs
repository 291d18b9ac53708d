using Npgsql;

namespace Cairn.Storage;

/// <summary>
/// One connection that listens for feed changes of other processes and passes them to the signal. While the server is away the feed's own
/// second look covers, and the connection is tried again.
/// </summary>
internal sealed class PostgreSqlListener(NpgsqlDataSource source, FeedSignal signal, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _starting = new();
    private Task? _running;

    public void Start()
    {
        lock (_starting)
            _running ??= Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_running is not null)
            await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(BeforeTryingAgain, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync()
    {
        await using var connection = await source.OpenConnectionAsync(_stop.Token);
        connection.Notification += (_, _) => signal.Raise();
        await using (var listen = new NpgsqlCommand("LISTEN " + FeedLog.Channel, connection))
            await listen.ExecuteNonQueryAsync(_stop.Token);
        // Whatever was announced while nobody listened.
        signal.Raise();
        while (true)
            await connection.WaitAsync(_stop.Token);
    }
}
