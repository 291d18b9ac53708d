using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>OpenAI's words for how hard to think.</summary>
internal static class OpenAiReasoning
{
    /// <summary><c>minimal</c> has no own name here and counts as low.</summary>
    public static ReasoningOptions? Read(string? effort, string? summary, string where) => effort is null && summary is null ? null : new()
    {
        Effort = effort switch
        {
            null => null,
            "none" => ReasoningEffort.None,
            "minimal" or "low" => ReasoningEffort.Low,
            "medium" => ReasoningEffort.Medium,
            "high" => ReasoningEffort.High,
            "xhigh" => ReasoningEffort.ExtraHigh,
            _ => throw RequestErrors.Invalid(where, "none, minimal, low, medium, high or xhigh"),
        },
        Output = summary is null ? null : ReasoningOutput.Summary,
    };

    public static string Write(ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        _ => "xhigh",
    };
}
