using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Cairn.Testing;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>A gateway over models that answer as a test says, on manual time.</summary>
internal sealed class FakeModels : IUpstreams, IModelCatalog
{
    public static readonly CallOrigin Ann = new() { Caller = new() { Tenant = "t", User = "ann" } };

    private readonly Dictionary<string, Func<CancellationToken, Task<string>>> _answers = new(StringComparer.Ordinal);
    private readonly Channel<string> _askings = Channel.CreateBounded<string>(100);

    public ManualTime Time { get; } = new();

    public Dictionary<string, ModelFacts> Facts { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>How every answer ends.</summary>
    public ChatFinishReason? FinishReason { get; set; } = ChatFinishReason.Stop;

    public Router Router { get; private set; } = null!;

    public Targets Targets { get; private set; } = null!;

    public FakeModels Says(string model, string text) => Answers(model, _ => Task.FromResult(text));

    public FakeModels Fails(string model, ProviderFailureException failure) => Answers(model, _ => Task.FromException<string>(failure));

    public FakeModels Answers(string model, Func<CancellationToken, Task<string>> answer)
    {
        _answers[model] = answer;
        return this;
    }

    /// <summary>Returns when the next model has been asked that this was not told of.</summary>
    public ValueTask<string> NextAskedAsync() => _askings.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public static ProviderFailureException Failure(string code, TimeSpan? retryAfter = null)
        => new(code, "fake", "failed", "Mend it.") { RetryAfter = retryAfter };

    /// <returns>The route as a client.</returns>
    public Func<CallOrigin, IChatClient> Route(RouteDeclaration route)
    {
        var models = new ModelsDeclaration
        {
            Routes = [route],
            Providers = [.. route.Targets.Select(t => t.Provider).Distinct()
                .Select(p => new ProviderDeclaration { Name = p, Kind = "fake" })],
        };
        Targets = new Targets(models, this, Time);
        Router = new Router(models, Targets, this, new Chance(1), Time);
        var ports = new GatewayPorts { Router = Router, Time = Time, Chance = new Chance(2), Meter = new GatewayMeter() };
        var gateway = new Gateway(ports, new WireFormats(new SequentialIdentifiers(), Time));
        return origin => new RouteChatClient(gateway, Router.Find(route.Name)!, origin);
    }

    public IReadOnlyList<string> Order(
        CallOrigin? origin = null, ModelAbilities needs = ModelAbilities.None, long bytes = 100, long? output = null)
        => [.. Router.Order(Router.Routes.Single(), new CallNeeds(needs, bytes, output), origin ?? Ann).Select(t => t.Text)];

    IUpstream IUpstreams.Open(ModelName model) => new Upstream(this, model);

    public ModelFacts? Find(ModelName model) => Facts.GetValueOrDefault(model.ToString());

    private sealed class Upstream(FakeModels models, ModelName name) : IUpstream, IChatClient
    {
        public ModelName Name => name;

        public IChatClient Chat => this;

        public IEmbeddingGenerator<string, Embedding<float>>? Embeddings => null;

        public bool Speaks(WireProtocol protocol) => false;

        public Task<HttpResponseMessage> SendAsync(
            WireProtocol protocol, HttpContent body, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
            => throw new InvalidOperationException();

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            models.Asked.Enqueue(name.ToString());
            models._askings.Writer.TryWrite(name.ToString());
            yield return new ChatResponseUpdate(ChatRole.Assistant, await models._answers[name.ToString()](cancellationToken));
            yield return new ChatResponseUpdate(ChatRole.Assistant,
                [new UsageContent(new() { InputTokenCount = 5, OutputTokenCount = 2 })]) { FinishReason = models.FinishReason };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
