using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Enforces the JSON Schema of <see cref="ChatOptions.ResponseFormat"/>: nothing invalid reaches the caller, whatever the model and its
/// provider do. An invalid answer is shown to the model with what is wrong, a bounded number of times. Usage is that of all tries; each is
/// in the response's additional properties under <see cref="AttemptsName"/>. A call without a schema passes through; so does an answer that
/// calls tools.
/// </summary>
public sealed class StructuredOutputChatClient : DelegatingChatClient
{
    /// <summary>Where a response keeps its tries, an array of <see cref="StructuredAttempt"/>.</summary>
    public const string AttemptsName = "structuredAttempts";

    private const string Activity = "structured output";

    private readonly StructuredContracts _contracts;
    private readonly Func<Repairs> _repairs;

    public StructuredOutputChatClient(IChatClient inner, StructuredOutputOptions options)
        : base(inner)
        => (_contracts, _repairs) = (new(options), () => new(options.MaxRepairs));

    /// <summary>For one answer, which <paramref name="inner"/> may judge too.</summary>
    internal StructuredOutputChatClient(IChatClient inner, StructuredContracts contracts, Repairs repairs)
        : base(inner)
        => (_contracts, _repairs) = (contracts, () => repairs);

    /// <exception cref="StructuredOutputException">No try was valid.</exception>
    /// <exception cref="JsonSchemaException">The schema cannot be used.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.ResponseFormat is not ChatResponseFormatJson { Schema: not null })
            return await base.GetResponseAsync(messages, options, cancellationToken);
        await foreach (var step in RunAsync(messages, options, streams: false, cancellationToken))
        {
            if (step.Accepted is { } accepted)
                return accepted;
        }
        throw new InvalidOperationException("A run ends with an accepted response or an exception.");
    }

    /// <summary>
    /// With a schema the updates come when the answer has been judged; <see cref="StructuredChat.StreamAsync{T}"/> shows it while it is
    /// written.
    /// </summary>
    /// <exception cref="StructuredOutputException">No try was valid.</exception>
    /// <exception cref="JsonSchemaException">The schema cannot be used.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var updates = options?.ResponseFormat is ChatResponseFormatJson { Schema: not null }
            ? JudgedAsync(messages, options, cancellationToken)
            : base.GetStreamingResponseAsync(messages, options, cancellationToken);
        await foreach (var update in updates)
            yield return update;
    }

    internal async IAsyncEnumerable<StructuredStep> RunAsync(
        IEnumerable<ChatMessage> messages, ChatOptions asked, bool streams, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var format = (ChatResponseFormatJson)asked.ResponseFormat!;
        var contract = _contracts.Of(format.Schema!.Value);
        var said = messages.ToList();
        var (attempts, repairs) = (new List<StructuredAttempt>(), _repairs());
        var usage = new UsageDetails();
        while (true)
        {
            using var activity = CairnTracing.Source.StartActivity(Activity);
            var (sent, settings) = (contract.Messages(said), contract.Options(asked, format));
            ChatResponse response;
            if (streams)
            {
                var updates = new List<ChatResponseUpdate>();
                var partial = new PartialJson();
                await foreach (var update in InnerClient.GetStreamingResponseAsync(sent, settings, cancellationToken))
                {
                    updates.Add(update);
                    if (update.Text.Length > 0 && partial.Append(update.Text) is { } node)
                        yield return new(node, null);
                }
                response = updates.ToChatResponse();
            }
            else
            {
                response = await AskAsync(sent, settings, attempts.Count > 0 ? usage : null, cancellationToken);
            }
            if (response.Usage is { } spent)
                usage.Add(spent);
            if (response.Messages.Any(m => m.Contents.Any(c => c is FunctionCallContent)))
            {
                yield return new(null, Finish(response, attempts, usage));
                yield break;
            }
            var (json, violations) = contract.Judge(response.Text);
            attempts.Add(new(attempts.Count + 1, response.Usage, response.FinishReason, violations));
            activity?.SetTag("cairn.structured.attempt", attempts.Count).SetTag("cairn.structured.mode", contract.Mode.ToString())
                .SetTag("cairn.structured.violations", violations.Length);
            if (violations.IsEmpty)
            {
                Replace(response, json);
                yield return new(null, Finish(response, attempts, usage));
                yield break;
            }
            var cut = response.FinishReason == ChatFinishReason.Length || response.FinishReason == ChatFinishReason.ContentFilter;
            if (cut || !repairs.Take())
                throw Failure(attempts, usage);
            said.Add(new(ChatRole.Assistant, response.Text));
            said.Add(new(ChatRole.User, StructuredText.Repair(violations)));
        }
    }

    /// <param name="spent">By the tries before; null for the first.</param>
    private async Task<ChatResponse> AskAsync(
        IEnumerable<ChatMessage> messages, ChatOptions options, UsageDetails? spent, CancellationToken cancellationToken)
    {
        try
        {
            return await InnerClient.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (ProviderFailureException e) when (spent is not null)
        {
            e.Add(spent);
            throw;
        }
        catch (StructuredOutputException e) when (spent is not null)
        {
            e.Usage.Add(spent);
            throw;
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> JudgedAsync(
        IEnumerable<ChatMessage> messages, ChatOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    /// <summary>The answer becomes the judged value alone; reasoning and other contents stay.</summary>
    private static void Replace(ChatResponse response, string json)
    {
        foreach (var message in response.Messages)
            message.Contents = [.. message.Contents.Where(c => c is not TextContent)];
        response.Messages[^1].Contents.Add(new TextContent(json));
    }

    private static ChatResponse Finish(ChatResponse response, List<StructuredAttempt> attempts, UsageDetails usage)
    {
        response.Usage = usage;
        (response.AdditionalProperties ??= [])[AttemptsName] = attempts.ToArray();
        return response;
    }

    internal static StructuredOutputException Failure(List<StructuredAttempt> attempts, UsageDetails usage)
    {
        var last = attempts[^1];
        if (last.FinishReason == ChatFinishReason.Length)
            return new("output.truncated", "The model's answer was cut off by its limit of tokens before the JSON was complete.",
                "Raise the limit of output tokens, or ask for less.", attempts, usage);
        if (last.FinishReason == ChatFinishReason.ContentFilter)
            return new("output.filtered", "The provider's content filter held the answer back.",
                "Change the question, or the provider's filter.", attempts, usage);
        var faults = string.Join("; ", last.Violations.Take(3))
            + (last.Violations.Length > 3 ? $"; and {last.Violations.Length - 3} more" : "");
        var tried = attempts.Count == 1 ? "The" : $"After {attempts.Count} tries the";
        return new(
            "output.invalid", $"{tried} model's answer is not valid under the schema: {faults}.",
            "Simplify the schema, describe its members, or take a stronger model.", attempts, usage);
    }
}
