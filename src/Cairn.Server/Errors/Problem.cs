using System.Text.Json.Serialization;

namespace Cairn.Server;

/// <summary>RFC 9457 problem details, with what mends it. <see cref="TraceId"/> is set where the log says more.</summary>
public sealed record Problem
{
    public string Type { get; init; } = "about:blank";

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    /// <summary>Stable, dotted, lower case.</summary>
    public required string Code { get; init; }

    public required string Fix { get; init => field = CommandHint.In(value); }

    public string? TraceId { get; init; }

    /// <summary>Becomes the header of that name.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }
}
