namespace Cairn.Models;

/// <summary>A whole successful reply: a JSON body, or the bytes of an event stream, which are replayed as a stream.</summary>
public sealed record CachedReply(string MediaType, ReadOnlyMemory<byte> Body, string Model, CallUsage Usage);
