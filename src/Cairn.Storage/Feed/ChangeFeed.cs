namespace Cairn.Storage;

internal sealed class ChangeFeed(IDatabase database, FeedSignal signal, TimeProvider time) : IChangeFeed
{
    // Another process writes a SQLite file without telling us, and a PostgreSQL notification is lost with its connection.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private const string After =
        "SELECT sequence, tenant, topic, entity FROM feed_changes WHERE topic = @topic AND sequence > @after ORDER BY sequence LIMIT @limit";

    private const string At = "SELECT sequence, tenant, topic, entity FROM feed_changes WHERE sequence = @sequence";
    private const string Newest = "SELECT COALESCE(MAX(sequence), 0) FROM feed_changes";

    public Task<IReadOnlyList<Change>> ReadAsync(string topic, long after, int limit, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.QueryAsync<Change>(After, new { topic, after, limit }), cancellationToken);

    public Task<long> HeadAsync(CancellationToken cancellationToken)
        => database.ReadAsync(session => session.GetAsync<long>(Newest), cancellationToken);

    public Task<Change?> FindAsync(long sequence, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.FindAsync<Change>(At, new { sequence }), cancellationToken);

    public async Task WaitAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = signal.Next;
            if (await HeadAsync(cancellationToken) > after)
                return;
            using var poll = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(next, Task.Delay(LookAgain, time, poll.Token));
            await poll.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
