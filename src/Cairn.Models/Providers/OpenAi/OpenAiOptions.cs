namespace Cairn.Models;

/// <summary>One resolved endpoint. Never logged: it holds the key.</summary>
internal sealed class OpenAiOptions
{
    public required string Provider { get; init; }

    public required Uri BaseUrl { get; init; }

    public string? ApiKey { get; init; }

    public required TimeLimits Limits { get; init; }
}
