using System.Collections.Immutable;

namespace Cairn.Abstractions;

/// <summary>What to look for. A null <see cref="Sources"/> means every source the caller may see.</summary>
public sealed record RetrievalQuery
{
    public required string Text { get; init; }

    public ImmutableArray<string>? Sources { get; init; }

    /// <summary>1 to 200.</summary>
    public int Top { get; init; } = 10;
}
