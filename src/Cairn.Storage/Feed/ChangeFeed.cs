namespace Cairn.Storage;

internal sealed class ChangeFeed(IDatabase database, FeedSignal signal, TimeProvider time) : IChangeFeed
{
    // Another process writes a SQLite file without telling us, and a PostgreSQL notification is lost with its connection.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private const string After =
        "SELECT sequence, tenant, topic, entity FROM feed_changes WHERE topic = @topic AND sequence > @after ORDER BY sequence LIMIT @limit";

    private const string Passed =
        """
        INSERT INTO feed_readers (reader, position, seen) VALUES (@reader, @position, @now)
        ON CONFLICT (reader) DO UPDATE SET position = excluded.position, seen = excluded.seen
        """;

    private const string ForgetReaders = "DELETE FROM feed_readers WHERE seen < @alive";

    // A range of numbers at a time, so that no writer waits long; the oldest is in it, so each round forgets something until nothing is
    // left to.
    private const string Prune =
        """
        DELETE FROM feed_changes WHERE sequence < (SELECT MIN(position) FROM feed_readers)
            AND sequence < (SELECT MAX(sequence) FROM feed_changes) AND sequence < (SELECT MIN(sequence) FROM feed_changes) + @most
        """;

    private const int PrunedTogether = 5_000;

    private const string At = "SELECT sequence, tenant, topic, entity FROM feed_changes WHERE sequence = @sequence";
    private const string Newest = "SELECT COALESCE(MAX(sequence), 0) FROM feed_changes";

    public Task<IReadOnlyList<Change>> ReadAsync(string topic, long after, int limit, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.QueryAsync<Change>(After, new { topic, after, limit }), cancellationToken);

    public Task<long> HeadAsync(CancellationToken cancellationToken)
        => database.ReadAsync(session => session.GetAsync<long>(Newest), cancellationToken);

    public Task<Change?> FindAsync(long sequence, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.FindAsync<Change>(At, new { sequence }), cancellationToken);

    public Task PassedAsync(string reader, long position, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Derived,
            session => session.ExecuteAsync(Passed, new { reader, position, now = time.GetUtcNow() }), cancellationToken);

    public async Task<long> PruneAsync(DateTimeOffset alive, CancellationToken cancellationToken)
    {
        await database.WriteAsync(Durability.Derived, session => session.ExecuteAsync(ForgetReaders, new { alive }), cancellationToken);
        for (var pruned = 0L; ;)
        {
            var now = await database.WriteAsync(Durability.Derived, session => session.ExecuteAsync(Prune, new { most = PrunedTogether }),
                cancellationToken);
            if (now == 0)
                return pruned;
            pruned += now;
        }
    }

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
