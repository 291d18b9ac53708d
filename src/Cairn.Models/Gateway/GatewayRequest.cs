using System.Collections.Immutable;
using System.Diagnostics;

namespace Cairn.Models;

/// <summary>A call as its caller sent it.</summary>
public sealed record GatewayRequest
{
    public required CallOrigin Origin { get; init; }

    public required WireProtocol Protocol { get; init; }

    /// <summary>Must stay as it is until the call has ended.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The caller's headers that belong to the protocol and reach a provider that speaks it (<c>anthropic-beta</c>).</summary>
    public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Under which its trace is kept.</summary>
    public required ActivityTraceId Trace { get; init; }

    /// <summary>The caller's own span (W3C <c>traceparent</c>), for an export.</summary>
    public ActivityContext Parent { get; init; }
}
