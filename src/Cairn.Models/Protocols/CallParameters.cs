namespace Cairn.Models;

/// <summary>Names under which parameters and parts travel that Microsoft.Extensions.AI has no property for.</summary>
public static class CallParameters
{
    // Of a call, in ChatOptions.AdditionalProperties.
    public const string Logprobs = "logprobs";
    public const string TopLogprobs = "top_logprobs";
    public const string Count = "n";
    public const string LogitBias = "logit_bias";
    public const string Metadata = "metadata";
    public const string User = "user";
    public const string ServiceTier = "service_tier";
    public const string Store = "store";
    public const string Verbosity = "verbosity";
    public const string Prediction = "prediction";
    public const string Modalities = "modalities";
    public const string Audio = "audio";
    public const string PromptCacheKey = "prompt_cache_key";
    public const string SafetyIdentifier = "safety_identifier";
    public const string MinP = "min_p";
    public const string RepetitionPenalty = "repetition_penalty";

    /// <summary>Anthropic's <c>thinking</c>: <c>{"type": "enabled", "budget_tokens": N}</c>.</summary>
    public const string Thinking = "thinking";

    /// <summary>
    /// OpenAI's <c>json_schema.strict</c> of the answer's format, and <c>strict</c> of a tool (there in the tool's own properties).
    /// </summary>
    public const string Strict = "strict";

    // Of a part or a tool, in its AdditionalProperties.

    /// <summary>Anthropic's mark at the end of what its prompt cache should keep.</summary>
    public const string CacheControl = "cache_control";

    /// <summary>OpenAI's <c>image_url.detail</c>.</summary>
    public const string Detail = "detail";

    /// <summary>The text of a tool call's arguments where it is no JSON object, such as one that the token limit cut off.</summary>
    public const string RawArguments = "arguments";

    /// <summary>
    /// Marks a reasoning part of which the provider shows only the encrypted form (Anthropic's <c>redacted_thinking</c>).
    /// </summary>
    public const string Redacted = "redacted";

    /// <summary>Of an update or a message: what of the stop sequences ended it (Anthropic's <c>stop_sequence</c>).</summary>
    public const string StopSequence = "stop_sequence";
}
