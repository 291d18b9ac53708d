using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>
/// Scopes by what decides them (tenant, subjects, ownership, sources), for as long as the index stands still. Only access sets that the
/// index holds are in them, so a scope never outlives a change it should know of.
/// </summary>
internal sealed class ScopeCache
{
    private const int MaxScopes = 256;

    private readonly ConcurrentDictionary<string, IndexScope> _scopes = new(StringComparer.Ordinal);

    public IndexScope Of(LexicalIndex index, Principal caller, ImmutableArray<string>? sources)
    {
        var key = string.Join('\n',
            [caller.Tenant, caller.IsOwner ? "owner" : "", .. caller.Subjects, "",
                .. (IEnumerable<string>?)sources?.Order(StringComparer.Ordinal) ?? ["*"]]);
        if (_scopes.TryGetValue(key, out var scope) && index.IsCurrent(scope))
            return scope;
        if (_scopes.Count >= MaxScopes)
            _scopes.Clear();
        return _scopes[key] = index.Scope(caller, sources);
    }
}
