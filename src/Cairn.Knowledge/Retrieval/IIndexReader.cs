namespace Cairn.Knowledge;

/// <summary>Where the retriever gets the index from: it may have to be made first, and it may be a little behind.</summary>
internal interface IIndexReader
{
    Task<LexicalIndex> CurrentAsync(CancellationToken cancellationToken);
}
