using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>A chat request of any protocol in the types that every provider takes.</summary>
public sealed record ChatCall
{
    /// <summary>What the caller named.</summary>
    public required string Model { get; init; }

    public required ImmutableArray<ChatMessage> Messages { get; init; }

    /// <summary>
    /// Parameters that Microsoft.Extensions.AI has no property for are in <see cref="ChatOptions.AdditionalProperties"/> as
    /// <see cref="System.Text.Json.JsonElement"/>s, by their OpenAI names (<see cref="CallParameters"/>): an adapter takes them or refuses
    /// them by name, it never passes them over.
    /// </summary>
    public required ChatOptions Options { get; init; }

    public bool Stream { get; init; }

    /// <summary>The caller of a stream asked for its usage (OpenAI's <c>stream_options.include_usage</c>).</summary>
    public bool StreamUsage { get; init; }
}
