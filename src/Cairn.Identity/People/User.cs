using System.Collections.Immutable;

namespace Cairn.Identity;

/// <summary>Somebody who may sign in. <see cref="Groups"/> are those the user is in directly.</summary>
public sealed record User
{
    public required string Name { get; init; }

    public ImmutableArray<string> Roles { get; init; } = [];

    public ImmutableArray<string> Groups { get; init; } = [];

    public required DateTimeOffset Created { get; init; }

    /// <summary>Null: invited, but never signed in.</summary>
    public DateTimeOffset? SignedIn { get; init; }
}
