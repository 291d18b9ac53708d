using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>What the database keeps of a source: where its files are, which of them count, and who may read them.</summary>
internal sealed record SourceDefinition
{
    public required string Name { get; init; }

    public bool Declared { get; init; }

    public bool Watch { get; init; }

    public ImmutableArray<SourceRoot> Roots { get; init; } = [];

    public ImmutableArray<string> Include { get; init; } = [];

    public ImmutableArray<string> Exclude { get; init; } = [];

    public ImmutableArray<SourceRule> Access { get; init; } = [];

    public static SourceDefinition Of(SourceDeclaration declaration) => new()
    {
        Name = declaration.Name,
        Declared = declaration.Declared,
        Watch = declaration.Watch,
        Roots = declaration.Root is null ? [] : [new SourceRoot(RealPath.Of(declaration.Root) ?? Path.GetFullPath(declaration.Root), "")],
        Include = declaration.Include,
        Exclude = declaration.Exclude,
        Access = declaration.Access,
    };

    /// <summary>The innermost folder of the source that holds the path; null when none does.</summary>
    public SourceRoot? RootOf(string absolute)
        => Roots.Where(r => r.Holds(absolute)).OrderByDescending(r => r.Folder.Length).FirstOrDefault();

    /// <summary>The folder that a document path comes from; null for an upload's.</summary>
    public SourceRoot? RootOfPath(string path)
        => Roots.Where(r => path.StartsWith(r.Prefix, StringComparison.Ordinal)).OrderByDescending(r => r.Prefix.Length).FirstOrDefault();

    /// <summary>
    /// The same source with the folder among its roots. A folder inside a root changes nothing; the first one gives paths without a
    /// prefix, a later one puts its own name before them.
    /// </summary>
    public SourceDefinition WithRoot(string folder)
    {
        if (RootOf(folder) is not null)
            return this;
        var prefix = "";
        if (!Roots.IsEmpty)
        {
            var name = Path.GetFileName(folder.TrimEnd(Path.DirectorySeparatorChar));
            prefix = name + "/";
            for (var n = 2; Roots.Any(r => r.Prefix == prefix); n++)
                prefix = $"{name}-{n}/";
        }
        return this with { Roots = Roots.Add(new SourceRoot(folder, prefix)) };
    }

    /// <summary>
    /// The same source with one more rule. The narrower path goes first, so giving a whole folder to more people never opens a part of it
    /// that was given to fewer.
    /// </summary>
    public SourceDefinition WithRule(SourceRule rule)
        => this with { Access = [.. Access.Where(r => r.Match != rule.Match).Append(rule)
            .OrderByDescending(r => r.Match == "**" ? 0 : r.Match.Length)] };
}
