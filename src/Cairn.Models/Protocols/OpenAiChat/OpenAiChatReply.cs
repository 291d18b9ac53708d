using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Reads what a provider answers, chunk by chunk, or whole from a server that does not stream. Calls of tools are given once they are
/// whole.
/// </summary>
internal sealed class OpenAiChatReply
{
    private readonly CallIds _ids = new();
    private readonly RunningUsage _usage = new();
    private WireToolCalls _calls = new();

    /// <summary>The model has said why it ended.</summary>
    public bool Finished { get; private set; }

    /// <exception cref="JsonException">Not JSON, or not what a chunk is.</exception>
    public ChatResponseUpdate Read(JsonElement chunk)
    {
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant, ResponseId = chunk.Text("id") is { Length: > 0 } id ? id : null };
        if (chunk.Count("created") is { } created and > 0 and < 253402300800)
            update.CreatedAt = DateTimeOffset.FromUnixTimeSeconds(created);
        if (chunk.ValueKind != JsonValueKind.Object || (chunk.Value("choices") is { } choices && choices.ValueKind != JsonValueKind.Array))
            throw new JsonException("a chunk should be an object with choices");
        foreach (var choice in chunk.Items("choices"))
        {
            if (choice.ValueKind != JsonValueKind.Object)
                throw new JsonException("a choice should be an object");
            if (choice.Count("index") is null or 0)
                ReadChoice(choice, update);
        }
        if (OpenAiUsage.Read(chunk) is { } usage && _usage.Next(usage) is { } more)
            update.Contents.Add(more);
        return update;
    }

    private void ReadChoice(JsonElement choice, ChatResponseUpdate update)
    {
        var whole = choice.Child("message");
        if ((choice.Child("delta") ?? whole) is { } delta)
        {
            ReadText(delta, update.Contents);
            foreach (var call in delta.Items("tool_calls"))
                _calls.Add(call, isWhole: whole is not null);
        }
        if (choice.Child("logprobs") is { } logprobs)
            update.AdditionalProperties = new() { [CallParameters.Logprobs] = logprobs.Clone() };
        if (FinishReasons.FromOpenAi(choice.Text("finish_reason")) is not { } reason)
            return;
        Finished = true;
        foreach (var call in _calls)
            update.Contents.Add(ToolArguments.Read(_ids.Take(call.Id), call.Name, call.Arguments));
        // Some servers say "stop" where tools are called.
        update.FinishReason = _calls.Count > 0 && reason == ChatFinishReason.Stop ? ChatFinishReason.ToolCalls : reason;
        _calls = new();
    }

    private static void ReadText(JsonElement delta, IList<AIContent> contents)
    {
        // reasoning_content is DeepSeek's and vLLM's name, reasoning is OpenRouter's and Groq's.
        if ((delta.Text("reasoning_content") ?? delta.Text("reasoning")) is { Length: > 0 } reasoning)
            contents.Add(new TextReasoningContent(reasoning));
        if (delta.Text("content") is { Length: > 0 } text)
            contents.Add(new TextContent(text));
        // Mistral's reasoning models answer with a list of parts.
        foreach (var part in delta.Items("content"))
        {
            if (part.Text("text") is { Length: > 0 } said)
                contents.Add(new TextContent(said));
            else if (string.Concat(part.Items("thinking").Select(t => t.Text("text"))) is { Length: > 0 } thought)
                contents.Add(new TextReasoningContent(thought));
        }
        if (delta.Text("refusal") is { Length: > 0 } refusal)
            contents.Add(new ErrorContent(refusal) { ErrorCode = ReplyParts.RefusalCode });
    }
}
