using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Why a reply ended, in each protocol's words. Words that the other side lacks become the nearest of its own.</summary>
internal static class FinishReasons
{
    /// <summary>Anthropic's <c>pause_turn</c> has no other name.</summary>
    public static ChatFinishReason Pause { get; } = new("pause_turn");

    public static string OpenAi(ChatFinishReason? reason, bool callsTools)
        => reason == ChatFinishReason.Length ? "length"
            : reason == ChatFinishReason.ContentFilter ? "content_filter"
            : callsTools || reason == ChatFinishReason.ToolCalls ? "tool_calls"
            : "stop";

    public static ChatFinishReason? FromOpenAi(string? reason) => reason switch
    {
        null => null,
        "function_call" => ChatFinishReason.ToolCalls,
        "stop" or "length" or "tool_calls" or "content_filter" => new(reason),
        _ => ChatFinishReason.Stop,
    };

    public static string Anthropic(ChatFinishReason? reason, bool callsTools, bool atSequence)
        => reason == ChatFinishReason.Length ? "max_tokens"
            : reason == ChatFinishReason.ContentFilter ? "refusal"
            : reason == Pause ? "pause_turn"
            : callsTools || reason == ChatFinishReason.ToolCalls ? "tool_use"
            : atSequence ? "stop_sequence"
            : "end_turn";

    public static ChatFinishReason? FromAnthropic(string? reason) => reason switch
    {
        null => null,
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "tool_use" => ChatFinishReason.ToolCalls,
        "refusal" => ChatFinishReason.ContentFilter,
        "pause_turn" => Pause,
        _ => ChatFinishReason.Stop,
    };
}
