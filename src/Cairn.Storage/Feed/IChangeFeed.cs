namespace Cairn.Storage;

public interface IChangeFeed
{
    /// <summary>Changes of a topic after a sequence number, oldest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Change>> ReadAsync(string topic, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The newest sequence number of the whole feed; 0 when nothing was ever announced.</summary>
    Task<long> HeadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The change with this sequence number. A derived state that remembers it knows whether the database still has the history it was made
    /// from.
    /// </summary>
    /// <returns>null when there is none.</returns>
    Task<Change?> FindAsync(long sequence, CancellationToken cancellationToken);

    /// <summary>A reader says how far it need never go back; changes before that are forgotten once every reader has said so.</summary>
    /// <param name="reader">A name that stays the same over a restart.</param>
    Task PassedAsync(string reader, long position, CancellationToken cancellationToken);

    /// <summary>Forgets what every reader has passed, but never the newest change. Without a reader nothing is forgotten.</summary>
    /// <param name="alive">A reader that said nothing since then is taken for gone: should it come back, it finds that its history is not
    /// there any more.</param>
    /// <returns>How many changes were forgotten.</returns>
    Task<long> PruneAsync(DateTimeOffset alive, CancellationToken cancellationToken);

    /// <summary>
    /// Returns as soon as the head is beyond <paramref name="after"/>, in this process or another one on the same database.
    /// </summary>
    Task WaitAsync(long after, CancellationToken cancellationToken);
}
