using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>
/// Access by path. The first rule whose pattern matches gives the access, nothing matched means only the owner, and a file's own front
/// matter adds a layer, which can only narrow.
/// </summary>
internal sealed class AccessRules(ImmutableArray<SourceRule> rules)
{
    private readonly (Glob Match, AccessList Access)[] _rules = [.. rules.Select(r => (new Glob(r.Match), r.Access))];

    /// <param name="path">The document's path in the source.</param>
    /// <param name="given">What an upload was given; takes the place of the source's rules.</param>
    /// <param name="own">The access of the file's own front matter.</param>
    public AccessSet Of(string path, AccessList? given, AccessList? own)
    {
        var outer = given ?? _rules.FirstOrDefault(r => r.Match.Matches(path)).Access;
        var access = outer is null ? AccessSet.OwnerOnly : new AccessSet { Layers = [outer] };
        return own is null ? access : access.Narrow(Narrowing(own));
    }

    /// <summary>A file that only denies means everybody whom the source allows, but those.</summary>
    private static AccessList Narrowing(AccessList own)
        => own.Allow.IsDefaultOrEmpty && !own.Deny.IsDefaultOrEmpty ? own with { Allow = [Subject.Public] } : own;
}
