using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>A request for embeddings.</summary>
public sealed record EmbeddingsCall
{
    public required string Model { get; init; }

    public required ImmutableArray<string> Texts { get; init; }

    /// <summary>null: the model's own.</summary>
    public int? Dimensions { get; init; }

    /// <summary>The caller wants each vector as base 64 of little-endian floats.</summary>
    public bool Base64 { get; init; }
}
