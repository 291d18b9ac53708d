namespace Cairn.Abstractions;

/// <summary>
/// The port to everything that was ingested. The permission check lives here: a passage that the caller may not read is never
/// returned, scored, or counted, and does not influence the ranking of others.
/// </summary>
public interface IRetriever
{
    Task<Retrieval> RetrieveAsync(Principal caller, RetrievalQuery query, CancellationToken cancellationToken);
}
