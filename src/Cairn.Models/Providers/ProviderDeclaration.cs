using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>
/// A provider as <c>cairn.yaml</c> declares it. References are unresolved; the key never leaves its <see cref="Setting"/>.
/// </summary>
public sealed record ProviderDeclaration
{
    public required string Name { get; init; }

    /// <summary>An <see cref="IProviderKind.Name"/>.</summary>
    public required string Kind { get; init; }

    public Setting? BaseUrl { get; init; }

    public Setting? ApiKey { get; init; }

    public ImmutableDictionary<string, Setting> Headers { get; init; } = ImmutableDictionary<string, Setting>.Empty;

    public ImmutableDictionary<string, Setting> Query { get; init; } = ImmutableDictionary<string, Setting>.Empty;

    /// <summary>What the kind's own fields say; a truth is <c>true</c> or <c>false</c>, a path is absolute.</summary>
    public ImmutableDictionary<string, Setting> Options { get; init; } = ImmutableDictionary<string, Setting>.Empty;

    /// <summary>For the kind <c>scripted</c>: what its <c>script</c> file says.</summary>
    public Script? Script { get; init; }

    public TimeLimits Limits { get; init; } = TimeLimits.Default;

    /// <summary>What it refers to and is not there, for people; empty when all is.</summary>
    public ImmutableArray<string> Missing(ISettings settings) => [.. Settings.SelectMany(s => s.Missing(settings)).Distinct()];

    /// <summary>Whether two readings of a file declare the same.</summary>
    internal bool IsSame(ProviderDeclaration other)
        => (Name, Kind, BaseUrl, ApiKey, Limits) == (other.Name, other.Kind, other.BaseUrl, other.ApiKey, other.Limits)
            && (ReferenceEquals(Script, other.Script) || (Script?.Source is { } source && source == other.Script?.Source))
            && AreSame(Headers, other.Headers) && AreSame(Query, other.Query) && AreSame(Options, other.Options);

    private static bool AreSame(ImmutableDictionary<string, Setting> one, ImmutableDictionary<string, Setting> other)
        => one.Count == other.Count && one.All(s => other.GetValueOrDefault(s.Key) == s.Value);

    private IEnumerable<Setting> Settings
        => new[] { ApiKey, BaseUrl }.OfType<Setting>().Concat(Headers.Values).Concat(Query.Values).Concat(Options.Values);
}
