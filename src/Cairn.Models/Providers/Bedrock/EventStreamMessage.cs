using System.Collections.Immutable;

namespace Cairn.Models;

/// <param name="Headers">Only those whose value is a string; the protocol's own begin with a colon.</param>
internal sealed record EventStreamMessage(ImmutableDictionary<string, string> Headers, ReadOnlyMemory<byte> Payload)
{
    /// <summary><c>contentBlockDelta</c> …; null for an exception.</summary>
    public string? EventType => Headers.GetValueOrDefault(":event-type");

    /// <summary><c>throttlingException</c> …; null for an event.</summary>
    public string? ExceptionType => Headers.GetValueOrDefault(":exception-type") ?? Headers.GetValueOrDefault(":error-code");
}
