using System.Collections.Immutable;

namespace Cairn.Abstractions;

/// <summary>Who may read: allowed when some subject is in <see cref="Allow"/> and none is in <see cref="Deny"/> (deny wins).</summary>
public sealed record AccessList
{
    public ImmutableArray<string> Allow { get; init; } = [];

    public ImmutableArray<string> Deny { get; init; } = [];

    public bool Allows(Principal caller)
        => Allow.Any(caller.Subjects.Contains) && !Deny.Any(caller.Subjects.Contains);
}
