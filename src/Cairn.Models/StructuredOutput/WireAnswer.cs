using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>What a whole reply of a provider's says, as far as a schema binds it.</summary>
internal sealed class WireAnswer
{
    private readonly SortedDictionary<long, WireChoice> _choices = [];
    private readonly List<WireToolCall> _done = [];
    private string? _begun;

    /// <summary>In the order of their numbers; one that says nothing where the reply has none.</summary>
    public IReadOnlyList<WireChoice> Choices => _choices.Count == 0 ? [new()] : [.. _choices.Values];

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

    /// <summary>One of a stream's events, or a whole reply.</summary>
    /// <exception cref="JsonException">It is none of this protocol.</exception>
    public void Add(WireProtocol protocol, ReadOnlyMemory<byte> json)
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
        var at = At(choice.Count("index") ?? 0);
        var whole = choice.Child("message");
        if ((choice.Child("delta") ?? whole) is { } said)
        {
            at.Say(said.Text("content"));
            foreach (var part in said.Items("content"))
                at.Say(part.Text("text"));
            at.IsOther |= said.Items("tool_calls").Any() || said.Text("refusal") is { Length: > 0 };
            foreach (var call in said.Items("tool_calls"))
                at.Calls.Add(call, isWhole: whole is not null);
        }
        at.Finish = FinishReasons.FromOpenAi(choice.Text("finish_reason")) ?? at.Finish;
    }

    /// <summary>A whole response; of a stream its last event, which holds it.</summary>
    private void AddResponse(JsonElement root)
    {
        var whole = root.Text("object") == "response" ? root
            : root.Text("type") is "response.completed" or "response.incomplete" ? root.Child("response") : null;
        if (root.Child("item") is { } told && told.Text("type") == "function_call")
        {
            _begun = told.Text("name");
            if (root.Text("type") == "response.output_item.done")
                _done.Add(CallOf(told));
        }
        if (whole is not { } response)
            return;
        var answer = At(0);
        foreach (var item in response.Items("output"))
        {
            if (item.Text("type") == "function_call")
                answer.Calls.Add(CallOf(item));
            foreach (var part in item.Items("content"))
            {
                if (part.Text("type") == "output_text")
                    answer.Say(part.Text("text"));
                answer.IsOther |= part.Text("type") == "refusal";
            }
            // What OpenAI runs itself comes before the answer; what the caller is to do stands in its place.
            answer.IsOther |= item.Text("type") is { } type
                && (type == "mcp_approval_request" || (type.EndsWith("_call", StringComparison.Ordinal) && !RunByProvider.Contains(type)));
        }
        // Some servers' last event does not repeat what those before it said.
        foreach (var call in answer.Calls.Count == 0 ? _done : [])
            answer.Calls.Add(call);
        answer.IsOther |= answer.Calls.Count > 0;
        answer.Finish = response.Child("incomplete_details")?.Text("reason") switch
        {
            null => ChatFinishReason.Stop,
            "content_filter" => ChatFinishReason.ContentFilter,
            _ => ChatFinishReason.Length,
        };
    }

    private static WireToolCall CallOf(JsonElement item) => new(null)
    {
        Id = item.Text("call_id") ?? "",
        Name = item.Text("name") ?? "",
        Whole = item.Text("arguments") ?? item.Child("arguments")?.GetRawText() ?? "",
    };

    private void AddMessage(JsonElement root)
    {
        switch (root.Text("type"))
        {
            case "message":
                foreach (var block in root.Items("content"))
                    AddBlock(block, At(0).Calls.Count);
                End(root.Text("stop_reason"));
                break;
            case "content_block_start" when root.Child("content_block") is { } block:
                AddBlock(block, root.Count("index") ?? 0);
                break;
            case "content_block_delta" when root.Child("delta") is { } delta && delta.Text("type") == "text_delta":
                At(0).Say(delta.Text("text"));
                break;
            case "content_block_delta" when root.Child("delta") is { } delta && delta.Text("type") == "input_json_delta":
                At(0).Calls.At(root.Count("index") ?? 0)?.Add(delta.Text("partial_json"));
                break;
            case "message_delta":
                End(root.Child("delta")?.Text("stop_reason"));
                break;
        }
    }

    private void End(string? reason)
    {
        var answer = At(0);
        answer.Finish = FinishReasons.FromAnthropic(reason) ?? answer.Finish;
        // The turn goes on when the caller sends it back.
        answer.IsOther |= answer.Finish == FinishReasons.Pause;
    }

    private void AddBlock(JsonElement block, long number)
    {
        switch (block.Text("type"))
        {
            case "text":
                At(0).Say(block.Text("text"));
                break;
            case "thinking" or "redacted_thinking":
                break;
            case "tool_use":
                At(0).IsOther = true;
                At(0).Calls.Add(WireToolCall.Of(block, number));
                break;
            default:
                // A tool that Anthropic runs itself: the answer is what follows it.
                At(0).Unsay();
                break;
        }
    }

    private static readonly string[] RunByProvider =
    [
        "web_search_call", "file_search_call", "code_interpreter_call", "image_generation_call", "mcp_call",
    ];

    /// <summary>Whether a call of one of these has begun, as far as events were added.</summary>
    public bool BeginsCallOf(ToolContracts tools)
        => (_begun is not null && tools.Binds(_begun)) || _choices.Values.Any(choice => choice.Calls.Any(call => tools.Binds(call.Name)));

    private WireChoice At(long number) => _choices.TryGetValue(number, out var known) ? known : _choices[number] = new();
}
