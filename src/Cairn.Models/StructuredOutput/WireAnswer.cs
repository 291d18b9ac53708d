using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>What a whole reply of a provider's says, as far as a schema binds it: its texts, and whether it answers at all.</summary>
internal sealed class WireAnswer
{
    private readonly SortedDictionary<long, StringBuilder> _texts = [];

    /// <summary>One for each choice that says something; one empty text where none does.</summary>
    public IReadOnlyList<string> Texts => _texts.Count == 0 ? [""] : [.. _texts.Values.Select(t => t.ToString())];

    /// <summary>It calls tools or says that it will not answer: no schema binds that.</summary>
    public bool IsOther { get; private set; }

    public ChatFinishReason? Finish { get; private set; }

    /// <exception cref="JsonException">It is no reply of this protocol.</exception>
    public static async Task<WireAnswer> ReadAsync(WireProtocol protocol, bool streams, ReadOnlyMemory<byte> reply)
    {
        var answer = new WireAnswer();
        if (!streams)
        {
            answer.Add(protocol, reply);
            return answer;
        }
        using var bytes = new MemoryStream(reply.ToArray(), writable: false);
        await foreach (var data in ServerSentEvents.ReadAsync(bytes, CancellationToken.None))
        {
            if (data != "[DONE]")
                answer.Add(protocol, Encoding.UTF8.GetBytes(data));
        }
        return answer;
    }

    private void Add(WireProtocol protocol, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        switch (protocol)
        {
            case WireProtocol.OpenAiChat:
                foreach (var choice in document.RootElement.Items("choices"))
                    AddChoice(choice);
                break;
            case WireProtocol.OpenAiResponses:
                AddResponse(document.RootElement);
                break;
            default:
                AddMessage(document.RootElement);
                break;
        }
    }

    private void AddChoice(JsonElement choice)
    {
        var at = choice.Count("index") ?? 0;
        if ((choice.Child("delta") ?? choice.Child("message")) is { } said)
        {
            Say(at, said.Text("content"));
            foreach (var part in said.Items("content"))
                Say(at, part.Text("text"));
            IsOther |= said.Items("tool_calls").Any() || said.Text("refusal") is { Length: > 0 };
        }
        Finish = FinishReasons.FromOpenAi(choice.Text("finish_reason")) ?? Finish;
    }

    /// <summary>A whole response; of a stream its last event, which holds it.</summary>
    private void AddResponse(JsonElement root)
    {
        var whole = root.Text("object") == "response" ? root : root.Text("type") is "response.completed" or "response.incomplete" ? root.Child("response") : null;
        if (whole is not { } response)
            return;
        foreach (var item in response.Items("output"))
        {
            foreach (var part in item.Items("content"))
            {
                if (part.Text("type") == "output_text")
                    Say(0, part.Text("text"));
                IsOther |= part.Text("type") == "refusal";
            }
            // What OpenAI runs itself comes before the answer; what the caller is to do stands in its place.
            IsOther |= item.Text("type") is { } type && (type == "mcp_approval_request" || (type.EndsWith("_call", StringComparison.Ordinal) && !RunByProvider.Contains(type)));
        }
        Finish = response.Child("incomplete_details")?.Text("reason") switch
        {
            null => ChatFinishReason.Stop,
            "content_filter" => ChatFinishReason.ContentFilter,
            _ => ChatFinishReason.Length,
        };
    }

    private void AddMessage(JsonElement root)
    {
        switch (root.Text("type"))
        {
            case "message":
                foreach (var block in root.Items("content"))
                    AddBlock(block);
                End(root.Text("stop_reason"));
                break;
            case "content_block_start" when root.Child("content_block") is { } block:
                AddBlock(block);
                break;
            case "content_block_delta" when root.Child("delta") is { } delta && delta.Text("type") == "text_delta":
                Say(0, delta.Text("text"));
                break;
            case "message_delta":
                End(root.Child("delta")?.Text("stop_reason"));
                break;
        }
    }

    private void End(string? reason)
    {
        Finish = FinishReasons.FromAnthropic(reason) ?? Finish;
        // The turn goes on when the caller sends it back.
        IsOther |= Finish == FinishReasons.Pause;
    }

    private void AddBlock(JsonElement block)
    {
        switch (block.Text("type"))
        {
            case "text":
                Say(0, block.Text("text"));
                break;
            case "thinking" or "redacted_thinking":
                break;
            case "tool_use":
                IsOther = true;
                break;
            default:
                // A tool that Anthropic runs itself: the answer is what follows it.
                _texts.Remove(0);
                break;
        }
    }

    private static readonly string[] RunByProvider = ["web_search_call", "file_search_call", "code_interpreter_call", "image_generation_call", "mcp_call"];

    private void Say(long choice, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (!_texts.TryGetValue(choice, out var said))
            _texts[choice] = said = new();
        said.Append(text);
    }
}
