using System.Collections.Immutable;

namespace Cairn.Abstractions;

/// <summary>
/// The access of one document: one <see cref="AccessList"/> per layer (the source's rule, then the file's own front matter), and a
/// caller must pass every layer, so an inner layer can only narrow. The owner reads everything. Distinct sets are few; documents
/// refer to them by <see cref="Key"/>.
/// </summary>
public sealed record AccessSet
{
    public AccessSet()
    {
    }

    /// <summary>For <c>with</c>: everything but the cached key.</summary>
    private AccessSet(AccessSet other) => Layers = other.Layers;

    public ImmutableArray<AccessList> Layers { get; init; } = [];

    /// <summary>What nothing matched gets: only the owner.</summary>
    public static AccessSet OwnerOnly { get; } = new() { Layers = [new AccessList()] };

    public static AccessSet Everyone { get; } = new() { Layers = [new AccessList { Allow = [Subject.Everyone] }] };

    public bool Allows(Principal caller) => caller.IsOwner || (Layers.Length > 0 && Layers.All(l => l.Allows(caller)));

    public AccessSet Narrow(AccessList inner) => new() { Layers = Layers.Add(inner) };

    /// <summary>Canonical text of the set, equal for equal sets: <c>allow,allow!deny,deny|next layer</c>, each list sorted.</summary>
    public string Key
        => _key ??= string.Join('|', Layers.Select(l => Sorted(l.Allow) + (l.Deny.IsDefaultOrEmpty ? "" : "!" + Sorted(l.Deny))));

    private string? _key;

    public static AccessSet Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new()
        {
            Layers =
            [
                .. key.Split('|').Select(layer =>
                {
                    var parts = layer.Split('!');
                    return new AccessList { Allow = Names(parts[0]), Deny = parts.Length > 1 ? Names(parts[1]) : [] };
                }),
            ],
        };
    }

    public bool Equals(AccessSet? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Key;

    private static string Sorted(ImmutableArray<string> subjects) => string.Join(',', subjects.Distinct().Order(StringComparer.Ordinal));

    private static ImmutableArray<string> Names(string list) => [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries)];
}
