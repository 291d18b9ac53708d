namespace Cairn.Knowledge;

/// <summary>
/// The index's whole view of the database. The index is derived: whatever it holds can be made again from here.
/// </summary>
/// <remarks>
/// A document is announced on the change feed (<see cref="Topic"/>, entity: the document's id) in the transaction that changes any of what
/// <see cref="Passage"/> carries for it: text, title, path, source, access, removal, restoration, or being superseded (then the superseded
/// document is announced, too). Passages of a version are immutable and their ids are never reused.
/// </remarks>
public interface IPassageStore
{
    /// <summary>The feed topic that announces documents.</summary>
    public const string Topic = "documents";

    /// <summary>
    /// The passages of the document's newest readable version, ordered by <see cref="Passage.Start"/>; empty when it is removed, erased,
    /// unknown, or was never readable.
    /// </summary>
    Task<IReadOnlyList<Passage>> PassagesAsync(string tenant, string document, CancellationToken cancellationToken);

    /// <summary>Every searchable document of every tenant, streamed, for a rebuild; memory does not grow with the corpus.</summary>
    IAsyncEnumerable<DocumentPassages> AllAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Those of the passages that are current (not of an old version, not removed) and that the caller may read by the database's access
    /// as of now, with text, in the order asked for; others are left out without a word.
    /// </summary>
    Task<IReadOnlyList<Passage>> ReadAsync(Principal caller, IReadOnlyList<long> passages, CancellationToken cancellationToken);
}
