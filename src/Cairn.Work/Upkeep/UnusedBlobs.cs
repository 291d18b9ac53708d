using Cairn.Storage;

namespace Cairn.Work;

/// <summary>
/// Blobs that nothing refers to: a crash between putting one and writing the row that refers to it leaves such. A blob is put before its
/// row is written, and putting it again counts as new; so whoever may still write a row has put it within the time that is waited.
/// </summary>
internal sealed class UnusedBlobs(
    IDatabase database, IBlobs blobs, IEnumerable<IBlobReferences> references, UpkeepOptions options, TimeProvider time) : IUpkeepTask
{
    private const int AtOnce = 200;

    public string Name => "blobs";

    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - options.Blobs;
        var deleted = 0L;
        for (var after = ""; ;)
        {
            var old = await blobs.OlderAsync(since, after, AtOnce, cancellationToken);
            var used = await database.ReadAsync(session => UsedAsync(session, old), cancellationToken);
            foreach (var hash in old.Where(h => !used.Contains(h)))
                deleted += await blobs.DeleteOlderAsync(hash, since, cancellationToken) ? 1 : 0;
            if (old.Count < AtOnce)
                return deleted;
            after = old[^1];
        }
    }

    private async Task<HashSet<string>> UsedAsync(Session session, IReadOnlyList<string> hashes)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var module in references)
            used.UnionWith(await module.AmongAsync(session, hashes));
        return used;
    }
}
