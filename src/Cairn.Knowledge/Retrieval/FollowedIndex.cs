using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>
/// The index as the catch-up keeps it. A reader waits a moment for changes announced before it asked, so that who has just written finds
/// it; while a large ingestion runs it doesn't wait longer than that.
/// </summary>
internal sealed class FollowedIndex(IndexCatchUp catchUp, IChangeFeed feed, TimeProvider time) : IIndexReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public async Task<LexicalIndex> CurrentAsync(CancellationToken cancellationToken)
    {
        var index = await catchUp.IndexAsync(cancellationToken).ConfigureAwait(false);
        var head = await feed.HeadAsync(cancellationToken).ConfigureAwait(false);
        if (catchUp.Position < head)
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                await catchUp.WaitUntilAsync(head, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Somewhat behind is still an index; the retriever checks every hit against the database.
            }
            catch (CairnException)
            {
                // It can't follow at the moment (logged where it failed); what it has is still searched and checked.
            }
        }
        return index;
    }
}
