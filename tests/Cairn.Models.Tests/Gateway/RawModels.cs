using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Cairn.Testing;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>A gateway with one model that speaks every protocol and answers with the bytes that a test writes, on manual time.</summary>
internal sealed class RawModels : IUpstreams, IBudgets, ICallLog
{
    private readonly Gateway _gateway;
    private readonly Func<CancellationToken, Task<HttpResponseMessage>> _answer;

    public RawModels(Func<CancellationToken, Task<HttpResponseMessage>> answer, ITokenCounter? tokens = null)
    {
        (_answer, var time) = (answer, (TimeProvider)Clock);
        var route = new RouteDeclaration("r", [new("a", "m")]) { Cache = true };
        var models = new ModelsDeclaration { Routes = [route], Providers = [new() { Name = "a", Kind = "fake" }] };
        var router = new Router(models, new Targets(models, this, time), null, new Chance(1), time);
        var ports = new GatewayPorts
        {
            Router = router,
            Time = time,
            Chance = new Chance(2),
            Meter = new GatewayMeter(),
            Cache = new ReplyCache(CacheDeclaration.Default, time),
            Budgets = this,
            Log = this,
            Tokens = tokens,
        };
        _gateway = new Gateway(ports, new WireFormats(new SequentialIdentifiers(), time));
        Meter = router.Find("r")!.Targets[0].Meter;
        Route = new RouteChatClient(_gateway, router.Find("r")!, FakeModels.Ann);
    }

    public ManualTime Time => Clock.Steady;

    public JumpingTime Clock { get; } = new();

    public WireProtocol Protocol { get; set; } = WireProtocol.OpenAiChat;

    /// <summary>null: the model speaks every protocol; else it speaks none and is this.</summary>
    public IChatClient? Chat { get; init; }

    /// <summary>The way in for apps of this process.</summary>
    public IChatClient Route { get; }

    /// <summary>The model's.</summary>
    public ModelMeter Meter { get; }

    public ConcurrentQueue<string> Asked { get; } = [];

    public ConcurrentQueue<Reservation> Reserved { get; } = [];

    /// <summary>Those that came in as bodies.</summary>
    public ConcurrentQueue<CallRecord> Ended { get; } = [];

    public static HttpResponseMessage Json(string text)
        => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Events(Stream stream) => new(HttpStatusCode.OK) { Content = new StreamContent(stream) };

    public static HttpResponseMessage Status(int status, string text) => new((HttpStatusCode)status) { Content = new StringContent(text) };

    public Task<CallRecord> SendAsync(IReplySink sink, bool stream = false, string rest = "", CancellationToken cancellationToken = default)
        => _gateway.SendAsync(
        new()
        {
            Origin = FakeModels.Ann,
            Protocol = Protocol,
            Body = Encoding.UTF8.GetBytes($"{{\"model\":\"r\",\"messages\":[]{(stream ? ",\"stream\":true" : "")}{rest}}}"),
            Trace = default,
        },
        sink, cancellationToken);

    IUpstream IUpstreams.Open(ModelName model) => new Upstream(this, model);

    ValueTask<IReservation> IBudgets.ReserveAsync(CallOrigin origin, ModelName model, CallUsage most, CancellationToken cancellationToken)
    {
        var reservation = new Reservation(most);
        Reserved.Enqueue(reservation);
        return new(reservation);
    }

    void ICallLog.Add(CallRecord call) => Ended.Enqueue(call);

    /// <summary>What was set aside for an attempt, and what was booked in the end; null: nothing.</summary>
    public sealed class Reservation(CallUsage most) : IReservation
    {
        public CallUsage Most => most;

        public CallUsage? Settled { get; private set; }

        public decimal? Settle(CallUsage usage)
        {
            Settled = usage;
            return null;
        }

        public void Release()
        {
        }
    }

    /// <summary>Keeps what goes out; with a small pause it makes the gateway wait for its reader.</summary>
    public sealed class Sink(int pauseAt = 0) : IReplySink
    {
        private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: pauseAt, resumeWriterThreshold: pauseAt / 2,
            useSynchronizationContext: false));

        public PipeReader Reader => _pipe.Reader;

        public PipeWriter Body => _pipe.Writer;

        public bool FailureTold { get; set; }

        public void Begin(ReplyHead head)
        {
        }

        /// <summary>What has gone out and was not read.</summary>
        public async Task<string> ReadAsync()
        {
            var read = await Reader.ReadAsync();
            var text = Encoding.UTF8.GetString(System.Buffers.BuffersExtensions.ToArray(read.Buffer));
            Reader.AdvanceTo(read.Buffer.End);
            return text;
        }
    }

    private sealed class Upstream(RawModels models, ModelName name) : IUpstream
    {
        public ModelName Name => name;

        public IChatClient Chat => models.Chat ?? throw new InvalidOperationException();

        public IEmbeddingGenerator<string, Embedding<float>>? Embeddings => null;

        public bool Speaks(WireProtocol protocol) => models.Chat is null;

        public async Task<HttpResponseMessage> SendAsync(WireProtocol protocol, HttpContent body, CancellationToken cancellationToken)
        {
            models.Asked.Enqueue(await body.ReadAsStringAsync(cancellationToken));
            return await models._answer(cancellationToken);
        }
    }
}
