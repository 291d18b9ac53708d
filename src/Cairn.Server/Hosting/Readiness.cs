using Cairn.Knowledge;
using Cairn.Storage;

namespace Cairn.Server;

/// <summary>Whether this server can answer now: the database does, and searches see what was ingested.</summary>
internal sealed class Readiness(IDatabase database, IChangeFeed feed, IIndexProgress index, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <returns>null when ready; else what is missing.</returns>
    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.DescribeAsync(cancellationToken);
            return await IsCaughtUpAsync(Patience, cancellationToken) ? null : "index.behind: the index is catching up with the database";
        }
        catch (CairnException e)
        {
            return $"{e.Code}: {e.Message}";
        }
    }

    /// <returns>False when searches do not see within the time what the database held at the call.</returns>
    public async Task<bool> IsCaughtUpAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var patient = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patient.Token, cancellationToken);
        try
        {
            await index.WaitUntilAsync(await feed.HeadAsync(either.Token), either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
