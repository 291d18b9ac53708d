using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Tokens of one attempt, as the provider reports them.</summary>
/// <param name="Input">All input tokens, those read from and written to the provider's prompt cache included.</param>
/// <param name="CacheRead">The part of <paramref name="Input"/> that the provider had in its cache.</param>
/// <param name="CacheWrite">The part of <paramref name="Input"/> that the provider put into its cache.</param>
/// <param name="Output">All output tokens, reasoning included.</param>
/// <param name="Reasoning">The part of <paramref name="Output"/> that was reasoning.</param>
public readonly record struct CallUsage(long Input, long CacheRead, long CacheWrite, long Output, long Reasoning)
{
    /// <summary>
    /// Where <see cref="UsageDetails.AdditionalCounts"/> holds <see cref="CacheWrite"/>, for which Microsoft.Extensions.AI has no name.
    /// </summary>
    public const string CacheWriteName = "CacheWriteInputTokenCount";

    public static CallUsage Of(UsageDetails usage) => new(
        usage.InputTokenCount ?? 0,
        usage.CachedInputTokenCount ?? 0,
        usage.AdditionalCounts?.GetValueOrDefault(CacheWriteName) ?? 0,
        usage.OutputTokenCount ?? 0,
        usage.ReasoningTokenCount ?? 0);
}
