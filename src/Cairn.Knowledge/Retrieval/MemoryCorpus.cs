using System.Runtime.CompilerServices;

namespace Cairn.Knowledge;

/// <summary>
/// Passages held in memory and searched as a workspace's are, without a database: for evaluation, benchmarks and tests. Access is checked
/// the same way.
/// </summary>
public sealed class MemoryCorpus : IPassageStore, IRetriever, IIndexReader
{
    private readonly Dictionary<(string Tenant, string Document), IReadOnlyList<Passage>> _documents = [];
    private readonly Dictionary<long, (string Tenant, Passage Passage)> _passages = [];
    private readonly LexicalIndex _index = LexicalIndex.InMemory();
    private readonly Retriever _retriever;

    public MemoryCorpus() => _retriever = new Retriever(this, this);

    /// <summary>Adds documents, or replaces those of the same id.</summary>
    public void Put(IEnumerable<DocumentPassages> documents)
    {
        var changed = documents.ToList();
        foreach (var document in changed)
        {
            foreach (var old in _documents.GetValueOrDefault((document.Tenant, document.Document), []))
                _passages.Remove(old.Id);
            _documents[(document.Tenant, document.Document)] = document.Passages;
            foreach (var passage in document.Passages)
                _passages[passage.Id] = (document.Tenant, passage);
        }
        _index.Apply(changed);
        while (_index.Merge())
        {
        }
    }

    public Task<Retrieval> RetrieveAsync(Principal caller, RetrievalQuery query, CancellationToken cancellationToken)
        => _retriever.RetrieveAsync(caller, query, cancellationToken);

    public Task<IReadOnlyList<Passage>> PassagesAsync(string tenant, string document, CancellationToken cancellationToken)
        => Task.FromResult(_documents.GetValueOrDefault((tenant, document), []));

    public async IAsyncEnumerable<DocumentPassages> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var ((tenant, document), passages) in _documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await Task.FromResult(new DocumentPassages(tenant, document, passages)).ConfigureAwait(false);
        }
    }

    public Task<IReadOnlyList<Passage>> ReadAsync(Principal caller, IReadOnlyList<long> passages, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<Passage>>(
        [
            .. passages
                .Where(_passages.ContainsKey)
                .Select(id => _passages[id])
                .Where(p => p.Tenant == caller.Tenant && p.Passage.Access.Allows(caller))
                .Select(p => p.Passage),
        ]);

    Task<LexicalIndex> IIndexReader.CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(_index);
}
