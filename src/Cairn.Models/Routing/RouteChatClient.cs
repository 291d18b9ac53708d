using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Tries a route's models in order. Once the first text has gone out there is no second try: the caller decides what to do then.</summary>
internal sealed class RouteChatClient(string name, ImmutableArray<ModelName> models, ProviderClients clients, ModelHealth health) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var said = messages.ToList();
        var failures = new List<CairnException>();
        foreach (var model in models)
        {
            if (health.Enter(model) is { } rest)
            {
                failures.Add(Resting(model, rest));
                continue;
            }
            var (stream, failure) = await BeginAsync(model, said, options, cancellationToken);
            if (stream is null)
            {
                failures.Add(failure!);
                continue;
            }
            await using (stream)
            {
                for (var more = true; more; more = await NextAsync(stream, model, cancellationToken))
                {
                    stream.Current.ModelId = model.ToString();
                    yield return stream.Current;
                }
            }
            health.Succeeded(model);
            yield break;
        }
        throw failures.Count == 1 ? failures[0] : new ProviderFailureException(
            "provider.failed", $"route {name}", string.Join("; ", failures.Select(f => f.Message)), failures.Count == 0 ? "Name a model in the route." : failures[0].Fix);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The providers' connections live as long as the process.
    }

    private async Task<(IAsyncEnumerator<ChatResponseUpdate>? Stream, CairnException? Failure)> BeginAsync(
        ModelName model, List<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        IAsyncEnumerator<ChatResponseUpdate>? stream = null;
        try
        {
            stream = clients.Open(model).Chat.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await stream.MoveNextAsync())
            {
                if (stream.Current.Text.Length > 0)
                    return (stream, null);
            }
            throw new ProviderFailureException("provider.malformed", model.ToString(), "gave an empty answer", "See what its server logs.");
        }
        catch (CairnException failure) when (!cancellationToken.IsCancellationRequested)
        {
            if (failure.Code != "provider.missing")
                health.Failed(model);
            if (stream is not null)
                await stream.DisposeAsync();
            return (null, failure);
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> stream, ModelName model, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNextAsync();
        }
        catch (CairnException) when (!cancellationToken.IsCancellationRequested)
        {
            health.Failed(model);
            throw;
        }
    }

    private static ProviderFailureException Resting(ModelName model, TimeSpan rest)
        => new("provider.resting", model.ToString(), FormattableString.Invariant($"failed several times in a row and is tried again in {Math.Ceiling(rest.TotalSeconds):0} s"), "Mend the provider; `cairn doctor` checks it.");
}
