namespace Cairn.Models;

/// <summary>One request to a provider and what came back: a line of a recording. It holds no secret.</summary>
internal sealed record Exchange
{
    public required RecordedRequest Request { get; init; }

    public required RecordedResponse Response { get; init; }
}
