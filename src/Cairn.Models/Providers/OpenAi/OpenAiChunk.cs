namespace Cairn.Models;

/// <summary>What one chunk of a completion says.</summary>
internal sealed record OpenAiChunk
{
    public string? Text { get; init; }

    /// <summary>The chunk holds reasoning: the model is at work, though nothing is to be shown.</summary>
    public bool Thinks { get; init; }

    public string? FinishReason { get; init; }

    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }

    public string? Error { get; init; }
}
