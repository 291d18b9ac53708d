using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Typed answers from any <see cref="IChatClient"/>. A client that enforces no schema itself is wrapped in one that does, by way of the
/// prompt.
/// </summary>
public static class StructuredChat
{
    /// <summary>Asks for a value of a type; the schema is the type's (<see cref="TypeSchema"/>).</summary>
    /// <param name="client">The model.</param>
    /// <param name="type">From a source-generated context: <c>MyJson.Default.Invoice</c>.</param>
    /// <param name="messages">What is said.</param>
    /// <param name="options">Its response format is replaced.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StructuredOutputException">No try was valid, or the model called a tool instead.</exception>
    public static async Task<T> GetAsync<T>(
        this IChatClient client, JsonTypeInfo<T> type, IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var response = await Enforcing(client).GetResponseAsync(messages, Ask(type, options), cancellationToken);
        return Read(type, response);
    }

    /// <inheritdoc cref="GetAsync{T}(IChatClient, JsonTypeInfo{T}, IEnumerable{ChatMessage}, ChatOptions?, CancellationToken)"/>
    public static Task<T> GetAsync<T>(
        this IChatClient client, JsonTypeInfo<T> type, string question, ChatOptions? options = null,
        CancellationToken cancellationToken = default)
        => client.GetAsync(type, [new ChatMessage(ChatRole.User, question)], options, cancellationToken);

    /// <summary>The same while it is written: parts as they grow, the last one validated.</summary>
    /// <exception cref="StructuredOutputException">No try was valid, or the model called a tool instead.</exception>
    public static async IAsyncEnumerable<StructuredPart<T>> StreamAsync<T>(
        this IChatClient client, JsonTypeInfo<T> type, IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var step in Enforcing(client).RunAsync(messages, Ask(type, options), streams: true, cancellationToken))
        {
            yield return step.Accepted is { } accepted
                ? new(Read(type, accepted), JsonNode.Parse(accepted.Text), IsFinal: true)
                : new(TryRead(type, step.Partial), step.Partial, IsFinal: false);
        }
    }

    private static StructuredOutputChatClient Enforcing(IChatClient client)
        => client.GetService<StructuredOutputChatClient>() is { } enforcing && ReferenceEquals(enforcing, client)
            ? enforcing
            : new(client, new());

    private static ChatOptions Ask<T>(JsonTypeInfo<T> type, ChatOptions? options)
    {
        var own = options?.Clone() ?? new();
        own.ResponseFormat = ChatResponseFormat.ForJsonSchema(TypeSchema.Of(type), SchemaName(typeof(T).Name));
        return own;
    }

    /// <summary>Providers take letters, digits, underscores and dashes, up to 64.</summary>
    private static string SchemaName(string name) => new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_').Take(64)]);

    private static T Read<T>(JsonTypeInfo<T> type, ChatResponse response)
    {
        if (response.Messages.Any(m => m.Contents.Any(c => c is FunctionCallContent)))
            throw new StructuredOutputException("output.tool-call", "The model called a tool instead of answering.",
                "Put a client that invokes tools between this call and the model, or give no tools.",
                [new(1, response.Usage, response.FinishReason, [])], response.Usage ?? new());
        return JsonSerializer.Deserialize(response.Text, type)!;
    }

    private static T? TryRead<T>(JsonTypeInfo<T> type, JsonNode? partial)
    {
        try
        {
            return partial is null ? default : partial.Deserialize(type);
        }
        catch (JsonException)
        {
            // A required member is still to come.
            return default;
        }
    }
}
