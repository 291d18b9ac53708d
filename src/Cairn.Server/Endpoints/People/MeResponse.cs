using System.Collections.Immutable;
using Cairn.Identity;

namespace Cairn.Server;

internal sealed record MeResponse
{
    public required string User { get; init; }

    public required ImmutableArray<string> Groups { get; init; }

    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Of <c>use, ingest, managePeople, operate</c>.</summary>
    public required ImmutableArray<string> Rights { get; init; }
}
