using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Enforces the schemas of tools that say <c>strict</c>: no call whose arguments break its tool's schema reaches the caller. Calls wait
/// until the reply is whole; words go out as they come. As long as nothing was shown the model is told what is wrong and asked again. A
/// call without strict tools passes through. For one answer.
/// </summary>
/// <param name="inner">The model; its calls of tools come whole.</param>
/// <param name="contracts">Where compiled schemas are kept.</param>
/// <param name="repairs">How often the model may try again.</param>
internal sealed class StrictToolsChatClient(IChatClient inner, StructuredContracts contracts, Repairs repairs) : DelegatingChatClient(inner)
{
    /// <exception cref="StructuredOutputException">No try was valid.</exception>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => ToolContracts.Are(options)
            ? GetStreamingResponseAsync(messages, options, cancellationToken).CollectAsync(cancellationToken)
            : base.GetResponseAsync(messages, options, cancellationToken);

    /// <exception cref="StructuredOutputException">No try was valid.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var tools = ToolContracts.Of(options, contracts);
        var (said, tries, spent) = (messages.ToList(), new List<StructuredAttempt>(), new UsageDetails());
        while (true)
        {
            var (held, shown) = (new List<ChatResponseUpdate>(), false);
            await using var updates = InnerClient.GetStreamingResponseAsync(said, options, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            while (await MoveNextAsync(updates, tries.Count > 0 ? spent : null))
            {
                var update = updates.Current;
                foreach (var usage in update.Contents.OfType<UsageContent>())
                    spent.Add(usage.Details);
                // What a stream ends with stays behind the calls.
                if (tools is not null && (held.Count > 0 || update.Contents.Any(c => c is FunctionCallContent)))
                {
                    held.Add(update);
                    continue;
                }
                shown |= update.Contents.Any(c => c is not UsageContent && c is not TextContent { Text.Length: 0 });
                yield return update;
            }
            var calls = held.SelectMany(u => u.Contents).OfType<FunctionCallContent>()
                .Select(call => (Call: call, Wrong: Judge(tools!, call))).ToList();
            ImmutableArray<SchemaViolation> violations = [.. calls.SelectMany(c => c.Wrong)];
            if (violations.IsEmpty)
            {
                foreach (var update in held)
                    yield return update;
                yield break;
            }
            // They were paid for, whatever comes of it.
            foreach (var usage in held.SelectMany(u => u.Contents).OfType<UsageContent>())
                yield return new ChatResponseUpdate(ChatRole.Assistant, [usage]);
            var finish = held.Select(u => u.FinishReason).LastOrDefault(r => r is not null);
            tries.Add(new(tries.Count + 1, null, finish, violations));
            if (shown || finish == ChatFinishReason.Length || finish == ChatFinishReason.ContentFilter || !repairs.Take())
                throw StructuredOutputChatClient.Failure(tries, spent);
            said.Add(new(ChatRole.Assistant, [.. calls.Select(c => Readable(c.Call))]));
            said.Add(new(ChatRole.Tool, [.. calls.Select(c => Result(c.Call, c.Wrong))]));
        }
    }

    /// <param name="spent">By the tries before, which stands however this one fails; null for the first.</param>
    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, UsageDetails? spent)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (ProviderFailureException e) when (spent is not null)
        {
            e.Add(spent);
            throw;
        }
    }

    private static ImmutableArray<SchemaViolation> Judge(ToolContracts tools, FunctionCallContent call)
        => [.. tools.Judge(call.Name, WireJson.Arguments(call))];

    /// <summary>Servers read arguments before a model does; what they could not read stands in the result.</summary>
    private static FunctionCallContent Readable(FunctionCallContent call)
        => call.Exception is null ? call : new(call.CallId, call.Name, new Dictionary<string, object?>());

    private static FunctionResultContent Result(FunctionCallContent call, ImmutableArray<SchemaViolation> wrong)
        => new(call.CallId, wrong.IsEmpty
            ? StructuredText.NotCarriedOut
            : StructuredText.RepairCall(call.Name, call.Exception is null ? null : WireJson.Arguments(call), wrong));
}
