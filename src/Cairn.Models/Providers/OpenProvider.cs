using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>A provider whose references were resolved a moment ago, with the models that were opened since.</summary>
internal sealed class OpenProvider(IProviderKind kind, ProviderDeclaration declaration, ProviderConnection connection, long resolved)
{
    private readonly ConcurrentDictionary<string, IUpstream> _models = new(StringComparer.Ordinal);

    public ProviderDeclaration Declaration => declaration;

    public ProviderConnection Connection => connection;

    /// <summary>A timestamp of the connection's clock.</summary>
    public long Resolved { get; set; } = resolved;

    public IUpstream Model(string model) => _models.TryGetValue(model, out var upstream) ? upstream : Open(model);

    // Names of models come from callers, so only so many are kept.
    private IUpstream Open(string model)
    {
        var upstream = kind.Open(connection, model);
        return _models.Count < 1000 ? _models.GetOrAdd(model, upstream) : upstream;
    }
}
