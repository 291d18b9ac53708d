using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// One attempt of a call at one model: the place in its limits, the money set aside, its time. It ends once, in one of four ways, and each
/// settles limits, budget, health, meter and trace.
/// </summary>
internal sealed class Attempt : IDisposable
{
    private readonly GatewayPorts _ports;
    private readonly GatewayCall _call;
    private readonly long _began;
    private AttemptClock? _clock;
    private ICallLease? _lease;
    private IReservation? _reservation;
    private CallUsage _most;
    private IDisposable? _owned;
    private bool _entered;
    private bool _ended;

    public Attempt(GatewayPorts ports, GatewayCall call, Target target, bool hedged)
    {
        (_ports, _call, Target) = (ports, call, target);
        _began = ports.Time.GetTimestamp();
        Record = new AttemptRecord
        {
            Model = target.Name,
            Began = ports.Time.GetElapsedTime(call.Began, _began),
            Hedged = hedged,
            Operation = call.Operation,
        };
        call.Record.Add(Record);
    }

    public Target Target { get; }

    public AttemptRecord Record { get; }

    /// <summary>Ends with the caller, or when another attempt of the same call was quicker.</summary>
    public CancellationToken CallerToken { get; private set; }

    public AttemptClock Clock => _clock!;

    /// <summary>The model as the call's options need it: with a schema, one that enforces it.</summary>
    /// <exception cref="ProviderFailureException"><c>provider.missing</c>.</exception>
    public IChatClient Chat(ChatOptions? options) => _ports.Structured.Chat(Target.Open(), options, _ports.Catalog);

    /// <summary>null when the provider makes none.</summary>
    /// <exception cref="ProviderFailureException"><c>provider.missing</c>.</exception>
    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings(TimeProvider time) => _ports.Embeddings.Over(Target.Open(), time);

    /// <summary>The request may have reached the model: what it did there is unknown until it answers.</summary>
    public bool Sent { get; set; }

    /// <summary>Takes a place, sets money aside, asks the circuit; then time begins.</summary>
    /// <exception cref="CairnException">
    /// <c>limit.provider</c>, <c>budget.spent</c>, <c>budget.price</c>, <c>provider.resting</c>, <c>provider.missing</c>.
    /// </exception>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        CallerToken = cancellationToken;
        _most = _call.MostAt(Target, _ports.Tokens, _ports.Catalog, _call.TriesAt(Target, _ports.Catalog));
        if (_ports.Limits is { } limits)
            _lease = await limits.EnterAsync(Target.Name, _call.Origin, _most, cancellationToken);
        if (_ports.Budgets is { } budgets)
            _reservation = await budgets.ReserveAsync(_call.Origin, Target.Name, _most, cancellationToken);
        if (AsksProvider)
        {
            Target.Enter();
            _entered = true;
        }
        _clock = new AttemptClock(Target.Limits, _call.Streams, _ports.Time, cancellationToken);
    }

    /// <summary>The reply has begun.</summary>
    public void FirstByte()
    {
        var first = _ports.Time.GetElapsedTime(_began);
        Record.FirstByte = first;
        if (Sent)
        {
            Target.Answered(first);
            Target.Meter.FirstByte.Add(first);
        }
        if (_call.Route.Declaration.Sticky)
            _ports.Router.Sticky.Began(_call.Route.Name, _call.Origin, Target);
    }

    /// <param name="usage">null when the provider did not say.</param>
    /// <param name="outputAtMost">What passed, in tokens; used only then.</param>
    public void Succeeded(CallUsage? usage, long outputAtMost = long.MaxValue)
    {
        if (!End(null))
            return;
        Settle(usage, outputAtMost);
        if (_entered)
            Target.Succeeded();
    }

    /// <summary>It failed; <paramref name="usage"/> as far as it was told before.</summary>
    public void Failed(CairnException failure, CallUsage? usage = null, long outputAtMost = 0)
    {
        if (!End(failure.Code))
            return;
        if (failure is ProviderFailureException { Code: "provider.limited" or "provider.overloaded" } refused)
            _lease?.Refused(refused.RetryAfter);
        if (Sent && (usage is not null || MayHaveRun(failure)))
            Settle(usage, outputAtMost);
        else
            Release();
        if (_entered)
            Target.Failed(failure);
        if (IsTheModels(failure.Code))
            Target.Meter.Failed(failure, _ports.Time.GetUtcNow());
    }

    /// <summary>
    /// The caller left, or another attempt was quicker. The provider may bill what it did until then: all of it where nothing came back to
    /// tell.
    /// </summary>
    public void Abandoned(CallUsage? usage = null, long outputAtMost = long.MaxValue)
    {
        if (!End("cancelled"))
            return;
        if (Sent)
            Settle(usage, outputAtMost);
        else
            Release();
        if (_entered)
            Target.Abandoned();
    }

    /// <summary>Ends with the attempt.</summary>
    public void Own(IDisposable source) => _owned = source;

    public void Dispose()
    {
        Abandoned();
        _lease?.Dispose();
        _clock?.Dispose();
        _owned?.Dispose();
    }

    /// <summary>Tokens are counted here where the provider has no address for it: its rest hinders nobody.</summary>
    private bool AsksProvider => _call.Record.Operation != "count_tokens" || _call.Passes(Target, _ports.Catalog);

    /// <summary>
    /// What was refused before it was sent is on the call's record; of the model it says only that its provider is missing.
    /// </summary>
    private bool IsTheModels(string? error) => Sent || error == "provider.missing";

    private bool End(string? error)
    {
        if (_ended)
            return false;
        _ended = true;
        Record.Took = _ports.Time.GetElapsedTime(_began);
        Record.Error = error;
        if (IsTheModels(error))
            Target.Meter.Duration.Add(Record.Took);
        return true;
    }

    private void Settle(CallUsage? told, long outputAtMost)
    {
        if (_call.Record.Operation == "count_tokens")
            told = default(CallUsage);
        // Input that was told stands; output that was not is bounded by what passed.
        var usage = told ?? new CallUsage(_most.Input, 0, 0, 0, 0);
        var estimated = told is null || usage.Output == 0;
        if (usage.Output == 0)
            usage = usage with { Output = Math.Clamp(outputAtMost, 0, _most.Output) };
        Record.Usage = usage;
        Record.UsageEstimated = told is null || (estimated && usage.Output > 0);
        Record.Cost = _reservation?.Settle(usage);
        _lease?.Used(usage);
    }

    private void Release()
    {
        _reservation?.Release();
        _lease?.Used(default);
    }

    /// <summary>
    /// A refusal cost nothing; an answer that breaks its schema was written, and a connection that broke or a limit of time may have
    /// hidden a finished one.
    /// </summary>
    private static bool MayHaveRun(CairnException failure)
        => failure is StructuredOutputException
            || (failure.Code is "caller.slow" or "provider.timeout" or "provider.closed" or "provider.malformed" or "provider.failed"
                && failure is not ProviderFailureException { Status: >= 400 });
}
