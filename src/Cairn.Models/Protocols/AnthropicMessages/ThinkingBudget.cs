using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Between an effort and a budget of thinking tokens; docs/gateway.md shows the table.</summary>
internal static class ThinkingBudget
{
    /// <summary>The least that Anthropic takes.</summary>
    public const int Least = 1024;

    public static int Of(ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.None => 0,
        ReasoningEffort.Low => Least,
        ReasoningEffort.Medium => 4096,
        ReasoningEffort.High => 16384,
        _ => 32768,
    };

    public static ReasoningEffort EffortOf(int budget) => budget switch
    {
        <= 2048 => ReasoningEffort.Low,
        <= 8192 => ReasoningEffort.Medium,
        <= 24576 => ReasoningEffort.High,
        _ => ReasoningEffort.ExtraHigh,
    };
}
