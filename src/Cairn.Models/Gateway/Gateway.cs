using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// The way of one call: exact cache, single flight, cache by meaning, route, then per attempt reserve, circuit, provider, settle. Bodies of
/// a protocol that the provider speaks pass through as bytes; others are translated.
/// </summary>
internal sealed class Gateway(GatewayPorts ports, WireFormats formats) : IGateway
{
    private readonly AttemptLoop _loop = new(ports);
    private readonly SimilarReplies _similar = new(ports, new(ports));
    private readonly SingleFlight _flights = new();
    private readonly Translation _translation = new(formats);

    /// <summary>
    /// How many failing flights one call waits for: after the first one of those who waited asks, and its failure is told to all.
    /// </summary>
    private const int MostFlights = 2;

    /// <summary>Bytes and tokens of output together that are no reason to look a window up.</summary>
    private const int ShortCall = 1024;

    public async Task<CallRecord> SendAsync(GatewayRequest request, IReplySink sink, CancellationToken cancellationToken)
    {
        var began = ports.Time.GetTimestamp();
        var record = Record(request.Origin, OperationOf(request.Protocol), request.Protocol, request.Trace, request.Parent);
        ports.Meter.Began();
        ICallLease? place = null;
        try
        {
            var head = RequestHead.Read(request.Body.Span);
            (record.Model, record.Streamed) = (head.Model, head.Stream);
            if (head.Model.StartsWith(IAppModels.Prefix, StringComparison.Ordinal) && ports.Apps() is { } apps)
            {
                var app = apps.Open(request.Origin, head.Model[IAppModels.Prefix.Length..]);
                await _translation.AnswerAsync(app, request, head.Model, sink, record, cancellationToken);
            }
            else
            {
                var call = CallOf(request, head, record, began);
                _translation.Check(request, call, ports.Catalog);
                if (request.Protocol != WireProtocol.AnthropicCountTokens && LooksTooLong(call))
                    await RefuseTooLongAsync(request, call, cancellationToken);
                place = await EnterAsync(call, cancellationToken);
                if (ports.Cache is { } cache && call.Route.Declaration.Cache)
                    await FindOrSendAsync(request, head, call, sink, cache, cancellationToken);
                else
                    await SendAsync(request, head, call, sink, keep: false, cancellationToken);
            }
            Leave(place, record);
            End(record, began, null);
            return record;
        }
        catch (Exception e)
        {
            Leave(place, record);
            End(record, began, cancellationToken.IsCancellationRequested ? new OperationCanceledException() : e);
            throw;
        }
    }

    /// <summary>The second way in: for the apps of this process.</summary>
    public async Task<ChatInside> BeginChatAsync(
        CallOrigin origin, Route route, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var began = ports.Time.GetTimestamp();
        var record = Record(origin, "chat", null, Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom());
        (record.Model, record.Route, record.Streamed) = (route.Name, route.Declared, true);
        ports.Meter.Began();
        ICallLease? place = null;
        try
        {
            var call = new GatewayCall
            {
                Origin = origin,
                Route = route,
                Needs = Translation.NeedsOf(messages, options),
                Streams = true,
                Record = record,
                Began = began,
            };
            if (LooksTooLong(call))
                await RefuseTooLongAsync(call, () => (messages, options), cancellationToken);
            place = await EnterAsync(call, cancellationToken);
            var reply = await _loop.BeginAsync(
                call, (gateway: this, call, messages, options, cancellationToken),
                static (s, attempt) => s.gateway.OpenAsync(s.call, s.messages, s.options, attempt, s.cancellationToken), cancellationToken);
            return new ChatInside(this, call, reply, place);
        }
        catch (Exception e)
        {
            Leave(place, record);
            End(record, began, cancellationToken.IsCancellationRequested ? new OperationCanceledException() : e);
            throw;
        }
    }

    /// <inheritdoc cref="IContextRoom.LeftAsync"/>
    public async ValueTask<long?> LeftAsync(
        CallOrigin origin, Route route, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var needs = Translation.NeedsOf(messages, options);
        // Whoever asks will pack to fit, so that length chooses no model.
        return ports.Router.Order(route, needs with { Bytes = 0 }, origin) is [var first, ..]
            ? await ContextWindow.LeftAsync(first.Name, needs, messages, options, ports.Tokens, ports.Catalog, cancellationToken)
            : null;
    }

    /// <summary>
    /// Gives a caller's place back, and of the tokens that were expected all but those of its attempts, which have ended; none where none
    /// ran.
    /// </summary>
    public static void Leave(ICallLease? place, CallRecord record)
    {
        if (place is null)
            return;
        var (input, output) = (0L, 0L);
        foreach (var attempt in record.Attempts)
            (input, output) = (input + attempt.Usage.Input, output + attempt.Usage.Output);
        place.Used(new(input, 0, 0, output, 0));
        place.Dispose();
    }

    public void End(CallRecord record, long began, Exception? error)
    {
        record.Took = ports.Time.GetElapsedTime(began);
        record.Error = error switch
        {
            null => null,
            CairnException e => e.Code,
            OperationCanceledException => "cancelled",
            _ => error.GetType().Name,
        };
        ports.Meter.Ended(record);
        CallInstruments.Measure(record);
        // A call from inside is told by the spans of its own trace.
        if (record.Protocol is not null)
        {
            ports.Log?.Add(record);
            CallExport.Tell(record);
        }
        else
            CallSpans.Tell(record);
    }

    private GatewayCall CallOf(GatewayRequest request, RequestHead head, CallRecord record, long began)
    {
        var route = ports.Router.Find(head.Model) ?? throw ports.Router.Unknown(head.Model, IAppModels.Prefix + "NAME");
        record.Route = route.Declared;
        return new()
        {
            Origin = request.Origin,
            Route = route,
            Needs = Translation.NeedsOf(request.Protocol, head, request.Body.Span),
            Streams = head.Stream,
            Choices = head.Choices,
            Record = record,
            Began = began,
        };
    }

    private async Task FindOrSendAsync(
        GatewayRequest request, RequestHead head, GatewayCall call, IReplySink sink, IReplyCache cache, CancellationToken cancellationToken)
    {
        var key = cache.KeyOf(request, call.Route.CacheName, call.Route.TagsOf(request.Origin));
        var landed = default(SingleFlight.Landing);
        for (var waited = 1; ; waited++)
        {
            if (cache.Find(key) is { } known)
            {
                await ReplayAsync(known, call.Record, sink, cancellationToken);
                return;
            }
            using var flight = _flights.Join(key, landed);
            if (!flight.Leads)
            {
                // Somebody asks just this. Their reply is ours; when it cannot be kept, all of us ask.
                landed = await flight.WaitAsync(cancellationToken);
                if (landed.Whole && cache.Find(key) is null)
                {
                    await AskAsync(request, head, call, sink, cache, key, keep: false, cancellationToken);
                    return;
                }
                if (landed.Failure is { } failure && (IsTheRequests(failure) || waited >= MostFlights))
                    ExceptionDispatchInfo.Throw(failure);
                continue;
            }
            // It may have landed between the look and the joining.
            if (cache.Find(key) is not null)
                continue;
            try
            {
                await AskAsync(request, head, call, sink, cache, key, keep: true, cancellationToken);
                flight.Succeeded();
            }
            catch (CairnException e) when (!cancellationToken.IsCancellationRequested)
            {
                flight.Failed(e);
                throw;
            }
            return;
        }
    }

    /// <summary>Answers with the reply to a question that means the same, or a model's.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AskAsync(
        GatewayRequest request, RequestHead head, GatewayCall call, IReplySink sink, IReplyCache cache, ReplyKey key, bool keep,
        CancellationToken cancellationToken)
    {
        var question = await _similar.PlaceAsync(request, head, call, cancellationToken);
        if (question is { } placed && _similar.Find(placed, cache) is { } near)
        {
            call.Record.CacheDistance = near.Distance;
            await ReplayAsync(near.Reply, call.Record, sink, cancellationToken);
            return;
        }
        if (await SendAsync(request, head, call, sink, keep, cancellationToken) is not { } kept)
            return;
        cache.Keep(key, kept);
        // Only what a model answered is compared with later: from reply to reply the meaning would wander.
        if (question is { } asked)
            _similar.Keep(asked, key);
    }

    /// <summary>The same request would fail again in the same way, whoever of equal rights sends it.</summary>
    private static bool IsTheRequests(CairnException failure) => ErrorStatus.Of(failure) == 400;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<CachedReply?> SendAsync(
        GatewayRequest request, RequestHead head, GatewayCall call, IReplySink sink, bool keep, CancellationToken cancellationToken)
    {
        var raw = new RawCall
        {
            Call = call,
            Protocol = request.Protocol,
            Body = request.Body,
            Head = head,
            Headers = request.Headers,
            Time = ports.Time,
            Keeps = keep,
            CallerToken = cancellationToken,
        };
        if (call.MayBeHeld && call.Record.Operation == "chat")
            call.Contract = ReplyContract.Of(raw, ports.Structured.Passing);
        await using var reply = await _loop.BeginAsync(call, (this, raw), static (s, attempt) => s.Item1.OpenAsync(s.raw, attempt),
            cancellationToken);
        await reply.PumpAsync(sink);
        return reply.Kept is { } body
            ? new CachedReply(head.Stream ? ReplyHead.Events : ReplyHead.Json, body, reply.Attempt.Target.Text, reply.Attempt.Record.Usage)
            : null;
    }

    private ValueTask<IPassingReply> OpenAsync(RawCall raw, Attempt attempt)
        => raw.Protocol is WireProtocol.OpenAiChat or WireProtocol.OpenAiResponses or WireProtocol.AnthropicMessages
            && raw.Call.Contract is null
            && ContextWindow.Fits(attempt.Target.Name, raw.Call.Needs, ports.Tokens, ports.Catalog)
            && raw.Call.Passes(attempt.Target, ports.Catalog)
            ? RawReply.OpenAsync(raw, attempt)
            : OpenOtherAsync(raw, attempt);

    /// <summary>What does not go through as it is, or must be looked at first.</summary>
    private async ValueTask<IPassingReply> OpenOtherAsync(RawCall raw, Attempt attempt)
    {
        if (raw.Protocol == WireProtocol.OpenAiEmbeddings)
            await ContextWindow.EnsureEachFitsAsync(
                attempt.Target.Name, raw.Call.Needs, () => _translation.ReadTexts(raw), ports.Tokens, ports.Catalog, raw.CallerToken);
        else if (raw.Protocol != WireProtocol.AnthropicCountTokens)
            await ContextWindow.EnsureFitsAsync(
                attempt.Target.Name, raw.Call.Needs, () => _translation.Read(raw.Protocol, raw.Body), ports.Tokens, ports.Catalog,
                raw.CallerToken);
        if (!raw.Call.Passes(attempt.Target, ports.Catalog))
            return await _translation.OpenAsync(raw, attempt, ports.Tokens);
        if (raw.Call.Contract is not { } contract)
            return await RawReply.OpenAsync(raw, attempt);
        return raw.Head.Stream && contract.BindsCallsAlone
            ? new HeldCalls((RawReply)await RawReply.OpenAsync(raw, attempt), raw, contract.Tools!)
            : await JudgedReply.OpenAsync(raw, attempt, contract);
    }

    private async ValueTask<ChatReply> OpenAsync(
        GatewayCall call, IReadOnlyList<ChatMessage> messages, ChatOptions? options, Attempt attempt, CancellationToken cancellationToken)
    {
        await ContextWindow.EnsureFitsAsync(attempt.Target.Name, call.Needs, () => (messages, options), ports.Tokens, ports.Catalog,
            cancellationToken);
        return await ChatReply.OpenAsync(attempt, messages, options);
    }

    /// <summary>For every model of its route. Short calls are not looked up: whether they fit is asked at the attempt.</summary>
    private bool LooksTooLong(GatewayCall call)
    {
        if (call.Needs.Bytes + (call.Needs.MaxOutput ?? 0) <= ShortCall)
            return false;
        foreach (var target in call.Route.Targets)
        {
            if (!call.Needs.LooksTooLong(ports.Catalog?.Find(target.Name)))
                return false;
        }
        return true;
    }

    private ValueTask RefuseTooLongAsync(GatewayRequest request, GatewayCall call, CancellationToken cancellationToken)
        => RefuseTooLongAsync(call, () => _translation.Read(request.Protocol, request.Body), cancellationToken);

    /// <summary>Counts such a call before it takes a place and money: else its caller would be told of these.</summary>
    private async ValueTask RefuseTooLongAsync(
        GatewayCall call, Func<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)?> read, CancellationToken cancellationToken)
    {
        var failures = new List<CairnException>();
        foreach (var target in call.Route.Targets)
        {
            try
            {
                await ContextWindow.EnsureFitsAsync(target.Name, call.Needs, read, ports.Tokens, ports.Catalog, cancellationToken);
                return;
            }
            catch (ProviderFailureException e)
            {
                failures.Add(e);
            }
        }
        if (failures.Count > 0)
            throw RouteFailure.Of(call.Route.Name, failures);
    }

    private async ValueTask<ICallLease?> EnterAsync(GatewayCall call, CancellationToken cancellationToken)
    {
        if (ports.Limits is not { } limits)
            return null;
        return await limits.EnterAsync(call.Origin, call.MostAt(call.Route.Targets[0], ports.Tokens, ports.Catalog), cancellationToken);
    }

    private static async Task ReplayAsync(CachedReply known, CallRecord record, IReplySink sink, CancellationToken cancellationToken)
    {
        record.CacheHit = true;
        sink.Begin(new ReplyHead(known.MediaType, known.Body.Length, null, record));
        await sink.Body.WriteAsync(known.Body, cancellationToken);
    }

    private static string OperationOf(WireProtocol protocol) => protocol switch
    {
        WireProtocol.OpenAiEmbeddings => "embeddings",
        WireProtocol.AnthropicCountTokens => "count_tokens",
        _ => "chat",
    };

    private CallRecord Record(
        CallOrigin origin, string operation, WireProtocol? protocol, ActivityTraceId trace, ActivityContext parent = default) => new()
    {
        Trace = trace,
        Parent = parent,
        Origin = origin,
        Operation = operation,
        Protocol = protocol,
        Started = ports.Time.GetUtcNow(),
    };
}
