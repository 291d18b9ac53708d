using System.Runtime.CompilerServices;

namespace Cairn.Models;

/// <summary>
/// Tries the models of a call's route until one's reply begins: retries what may pass, falls over to the next on what will not, asks a
/// second one beside where the route hedges. What fails is settled and on the call's record before the next begins.
/// </summary>
internal sealed class AttemptLoop(GatewayPorts ports)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <param name="open">Sends the call to the attempt's model and returns when the reply has begun.</param>
    /// <exception cref="CairnException">No model's reply began: the only failure, or one that names them all.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TReply> BeginAsync<TState, TReply>(
        GatewayCall call, TState state, Func<TState, Attempt, ValueTask<TReply>> open, CancellationToken cancellationToken)
        where TReply : class, IBegunReply
    {
        var order = ports.Router.Order(call.Route, call.Needs, call.Origin);
        List<CairnException>? failures = null;
        List<Target>? ahead = null;
        for (var i = 0; i < order.Count; i++)
        {
            // A hedge has asked it before its turn, in vain.
            if (ahead?.Contains(order[i]) == true)
                continue;
            for (var tried = 0; ; tried++)
            {
                CairnException failure;
                if (call.Route.Declaration.Hedge is { } patience && tried == 0 && Beside(order, i, ahead) is { } other)
                {
                    try
                    {
                        (failures, ahead) = (failures ?? [], ahead ?? []);
                        return await RaceAsync(call, order[i], other, patience, failures, ahead, state, open, cancellationToken);
                    }
                    catch (CairnException e) when (!cancellationToken.IsCancellationRequested)
                    {
                        failure = e;
                    }
                }
                else
                {
                    // Not a method of its own, as for a race: each that waits costs every call.
                    var attempt = new Attempt(ports, call, order[i], hedged: false);
                    try
                    {
                        await attempt.EnterAsync(cancellationToken);
                        var reply = await open(state, attempt);
                        attempt.FirstByte();
                        return reply;
                    }
                    catch (Exception e)
                    {
                        if (Settle(attempt, e, cancellationToken) is not { } meaning)
                            throw;
                        failure = meaning;
                    }
                }
                (failures ??= []).Add(failure);
                if (!IsAnothersTurn(failure))
                    throw failure;
                if (tried >= call.Route.Declaration.Retries || WaitBefore(failure, tried) is not { } wait)
                    break;
                await Task.Delay(wait, ports.Time, cancellationToken);
            }
        }
        throw RouteFailure.Of(call.Route.Name, failures);
    }

    private async Task<TReply> TryAsync<TState, TReply>(
        GatewayCall call, Target target, bool hedged, TState state, Func<TState, Attempt, ValueTask<TReply>> open,
        CancellationToken cancellationToken)
        where TReply : class, IBegunReply
    {
        var attempt = new Attempt(ports, call, target, hedged);
        try
        {
            await attempt.EnterAsync(cancellationToken);
            var reply = await open(state, attempt);
            attempt.FirstByte();
            return reply;
        }
        catch (Exception e)
        {
            if (Settle(attempt, e, cancellationToken) is { } failure && failure != e)
                throw failure;
            throw;
        }
    }

    /// <summary>Ends an attempt whose reply did not begin.</summary>
    /// <returns>What the exception means; null when it is none of a provider's, or the caller has left.</returns>
    private static CairnException? Settle(Attempt attempt, Exception e, CancellationToken cancellationToken)
    {
        CairnException? failure = null;
        if (cancellationToken.IsCancellationRequested)
            attempt.Abandoned();
        else if (Meaning(e, attempt) is { } meaning)
        {
            // Silence may hide an answer as long as was allowed.
            var silent = meaning.Code is "provider.timeout" or "provider.closed";
            attempt.Failed(meaning, SpentBy(meaning), silent ? long.MaxValue : 0);
            failure = meaning;
        }
        attempt.Dispose();
        return failure;
    }

    /// <summary>What answers that were not good enough had cost when their attempt failed.</summary>
    private static CallUsage? SpentBy(CairnException failure) => failure switch
    {
        StructuredOutputException output => CallUsage.Of(output.Usage),
        ProviderFailureException { Spent: { } spent } => CallUsage.Of(spent),
        _ => null,
    };

    /// <summary>What an exception of an attempt means; null when it is none of a provider's.</summary>
    public static CairnException? Meaning(Exception e, Attempt attempt)
    {
        if (e is CairnException known)
            return known;
        var who = attempt.Target.Text;
        if (e is OperationCanceledException && attempt.Sent && attempt.Clock.Reason is { } reason)
        {
            if (attempt.Clock.CallerWasSlow)
                return CallerFailures.Slow(who, reason, e);
            return new ProviderFailureException("provider.timeout", who, reason,
                $"See whether the provider is busy, or raise the limits of '{attempt.Target.Name.Provider}' in cairn.yaml.", e);
        }
        return e is HttpRequestException or IOException
            ? new ProviderFailureException("provider.closed", who, "the connection closed in the middle of the answer",
                "See what the provider's server logs.", e)
            : null;
    }

    /// <summary>The next in order that is another model and has not been asked.</summary>
    private static Target? Beside(IReadOnlyList<Target> order, int one, List<Target>? asked)
    {
        for (var i = one + 1; i < order.Count; i++)
        {
            if (order[i] != order[one] && asked?.Contains(order[i]) != true)
                return order[i];
        }
        return null;
    }

    /// <summary>Both are asked; the first whose reply begins is taken, the other is abandoned (and settled: it may bill).</summary>
    /// <param name="failures">Gets the other's failure; the first one's is thrown.</param>
    /// <param name="asked">Gets the other when it was asked.</param>
    private async Task<TReply> RaceAsync<TState, TReply>(
        GatewayCall call, Target one, Target other, TimeSpan patience, List<CairnException> failures, List<Target> asked,
        TState state, Func<TState, Attempt, ValueTask<TReply>> open, CancellationToken cancellationToken)
        where TReply : class, IBegunReply
    {
        var first = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = TryAsync(call, one, hedged: false, state, open, first.Token);
        using (var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            await Task.WhenAny(ahead, Task.Delay(patience, ports.Time, waiting.Token));
            await waiting.CancelAsync();
        }
        if (ahead.IsCompleted)
            return await TakeAsync(ahead, first);
        asked.Add(other);
        var second = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beside = TryAsync(call, other, hedged: true, state, open, second.Token);
        var quicker = await Task.WhenAny(ahead, beside);
        var (slower, its, others) = quicker == ahead ? (beside, second, first) : (ahead, first, second);
        if (quicker.IsCompletedSuccessfully)
        {
            await EndAsync(slower, its);
            return await TakeAsync(quicker, others);
        }
        others.Dispose();
        await ((Task)slower).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (slower.IsCompletedSuccessfully)
            return await TakeAsync(slower, its);
        its.Dispose();
        if (beside.Exception?.InnerException is CairnException failure && !cancellationToken.IsCancellationRequested)
        {
            if (!IsAnothersTurn(failure))
                throw failure;
            failures.Add(failure);
        }
        return await ahead;
    }

    /// <summary>The reply lives on with its source.</summary>
    private static async Task<TReply> TakeAsync<TReply>(Task<TReply> won, CancellationTokenSource source)
        where TReply : class, IBegunReply
    {
        try
        {
            var reply = await won;
            reply.Attempt.Own(source);
            return reply;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static async Task EndAsync<TReply>(Task<TReply> lost, CancellationTokenSource source)
        where TReply : class, IBegunReply
    {
        await source.CancelAsync();
        try
        {
            await (await lost).DisposeAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or CairnException)
        {
            // It lost; how it ended is on the call's record.
        }
        source.Dispose();
    }

    private static bool IsAnothersTurn(CairnException failure)
        => failure is ProviderFailureException { Retry: not RetryScope.Nowhere } || failure.Code is "limit.provider" or "budget.price";

    private TimeSpan? WaitBefore(CairnException failure, int tried)
    {
        if (failure is not ProviderFailureException { Retry: RetryScope.Again } passing)
            return null;
        if (passing.RetryAfter is { } asked)
            return asked <= LongestWait ? asked : null;
        var most = FirstWait * Math.Pow(2, tried);
        return (most < LongestWait ? most : LongestWait) * (.5 + (ports.Chance.Next() / 2));
    }
}
