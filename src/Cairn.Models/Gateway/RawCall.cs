using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>A caller's own bytes on their way to a provider that speaks their protocol.</summary>
internal sealed class RawCall
{
    public required GatewayCall Call { get; init; }

    public required WireProtocol Protocol { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public required RequestHead Head { get; init; }

    public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];

    public required TimeProvider Time { get; init; }

    public required CancellationToken CallerToken { get; init; }

    /// <summary>The reply is to be kept for the cache.</summary>
    public bool Keeps { get; init; }

    /// <summary>The same call with another body, which is not kept.</summary>
    public RawCall With(byte[] body) => new()
    {
        Call = Call,
        Protocol = Protocol,
        Body = body,
        Head = RequestHead.Read(body),
        Headers = Headers,
        Time = Time,
        CallerToken = CallerToken,
    };

    public bool CallerLeft => CallerToken.IsCancellationRequested;

    /// <summary>A stream of chat completions tells its usage only when asked.</summary>
    public bool AsksForUsage => Protocol == WireProtocol.OpenAiChat && Head.Stream;

    public bool HidesUsage => AsksForUsage && !Head.WantsUsage;
}
