using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>What a whole reply holds, in the order it was said.</summary>
internal sealed class ReplyParts
{
    public ReplyParts(ChatResponse response)
    {
        Contents = [.. response.Messages.Where(m => m.Role == ChatRole.Assistant).SelectMany(m => m.Contents)];
        Text = string.Concat(Contents.OfType<TextContent>().Select(t => t.Text));
        Reasoning = string.Concat(Contents.OfType<TextReasoningContent>().Select(t => t.Text));
        Calls = [.. Contents.OfType<FunctionCallContent>()];
        Refusal = Contents.OfType<ErrorContent>().FirstOrDefault(e => e.ErrorCode == RefusalCode)?.Message;
        Logprobs = Find(response, CallParameters.Logprobs);
        StopSequence = Find(response, CallParameters.StopSequence) as string;
    }

    /// <summary>Marks the <see cref="ErrorContent"/> that holds a model's refusal.</summary>
    public const string RefusalCode = "refusal";

    public IReadOnlyList<AIContent> Contents { get; }

    public string Text { get; }

    public string Reasoning { get; }

    public IReadOnlyList<FunctionCallContent> Calls { get; }

    public string? Refusal { get; }

    /// <summary>OpenAI's <c>logprobs</c> object.</summary>
    public object? Logprobs { get; }

    public string? StopSequence { get; }

    private static object? Find(ChatResponse response, string name)
        => response.AdditionalProperties?.GetValueOrDefault(name)
            ?? response.Messages.Select(m => m.AdditionalProperties?.GetValueOrDefault(name)).LastOrDefault(v => v is not null);
}
