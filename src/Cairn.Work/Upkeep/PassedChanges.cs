using Cairn.Storage;

namespace Cairn.Work;

/// <summary>Changes that every reader of the feed has passed.</summary>
internal sealed class PassedChanges(IChangeFeed feed, UpkeepOptions options, TimeProvider time) : IUpkeepTask
{
    public string Name => "changes";

    public Task<long> RunAsync(CancellationToken cancellationToken)
        => feed.PruneAsync(time.GetUtcNow() - options.Readers, cancellationToken);
}
