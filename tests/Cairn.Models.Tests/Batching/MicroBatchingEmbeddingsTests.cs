using System.Collections.Concurrent;
using Cairn.Testing;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class MicroBatchingEmbeddingsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Callers_within_the_delay_share_one_call_and_get_their_own_vectors_and_usage()
    {
        var model = new FakeEmbeddings();
        using var batching = new MicroBatchingEmbeddings(model, new(), _time);
        var one = batching.GenerateAsync(["a", "bb"]);
        var two = batching.GenerateAsync(["ccc"]);
        await _time.UntilTimersAsync();
        await EndDelayAsync(one, two);
        Assert.Equal([1, 2], (await one).Select(e => e.Vector.Span[0]));
        Assert.Equal([3], (await two).Select(e => e.Vector.Span[0]));
        Assert.Equal((3, 3), ((await one).Usage!.InputTokenCount!.Value, (await two).Usage!.InputTokenCount!.Value));
        Assert.True(model.Calls.Count <= 2);
        Assert.Equal(["a", "bb", "ccc"], model.Calls.SelectMany(c => c));
    }

    [Fact]
    public async Task A_full_batch_goes_without_waiting()
    {
        var model = new FakeEmbeddings();
        using var batching = new MicroBatchingEmbeddings(model, new() { MaxTexts = 3 }, _time);
        var calls = Enumerable.Range(0, 3).Select(_ => batching.GenerateAsync(["x"])).ToList();
        await Task.WhenAll(calls);
        Assert.Equal(3, Assert.Single(model.Calls).Count);
    }

    [Fact]
    public async Task Only_the_caller_whose_text_is_refused_gets_the_error()
    {
        using var batching = new MicroBatchingEmbeddings(new FakeEmbeddings(), new() { MaxTexts = 2 }, _time);
        var good = batching.GenerateAsync(["good"]);
        var bad = batching.GenerateAsync(["refused"]);
        Assert.Equal(4, Assert.Single(await good).Vector.Span[0]);
        Assert.Equal("provider.refused", (await Assert.ThrowsAsync<ProviderFailureException>(() => bad)).Code);
    }

    [Fact]
    public async Task A_failure_of_the_provider_is_everybody_s_and_is_not_asked_again()
    {
        var model = new FakeEmbeddings();
        using var batching = new MicroBatchingEmbeddings(model, new() { MaxTexts = 2 }, _time);
        var calls = new[] { batching.GenerateAsync(["down"]), batching.GenerateAsync(["x"]) };
        foreach (var call in calls)
            Assert.Equal("provider.overloaded", (await Assert.ThrowsAsync<ProviderFailureException>(() => call)).Code);
        Assert.Single(model.Calls);
    }

    [Fact]
    public async Task Whoever_leaves_before_the_call_takes_only_their_texts_along()
    {
        var model = new FakeEmbeddings();
        using var batching = new MicroBatchingEmbeddings(model, new() { MaxTexts = 3 }, _time);
        using var leaving = new CancellationTokenSource();
        var left = batching.GenerateAsync(["gone"], cancellationToken: leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        var stay = new[] { batching.GenerateAsync(["a"]), batching.GenerateAsync(["b"]), batching.GenerateAsync(["c"]) };
        await _time.UntilTimersAsync();
        await EndDelayAsync(stay);
        Assert.DoesNotContain("gone", model.Calls.SelectMany(c => c));
    }

    [Fact]
    public async Task Different_dimensions_never_share_a_call()
    {
        var model = new FakeEmbeddings();
        using var batching = new MicroBatchingEmbeddings(model, new() { MaxTexts = 2 }, _time);
        var calls = new[] { batching.GenerateAsync(["a"], new() { Dimensions = 8 }),
            batching.GenerateAsync(["b"], new() { Dimensions = 16 }) };
        await _time.UntilTimersAsync();
        await EndDelayAsync(calls);
        Assert.Equal(2, model.Calls.Count);
    }

    [Fact]
    public async Task Whoever_waits_when_it_closes_gets_an_error()
    {
        var batching = new MicroBatchingEmbeddings(new FakeEmbeddings(), new(), _time);
        var waiting = batching.GenerateAsync(["a"], new() { Dimensions = 8 });
        batching.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => waiting);
    }

    /// <summary>Lets the delay of each batch end until all have been answered.</summary>
    private async Task EndDelayAsync(params Task[] calls)
    {
        var all = Task.WhenAll(calls);
        while (!all.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            await Task.Yield();
        }
        await all;
    }

    private sealed class FakeEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
    {
        public ConcurrentQueue<List<string>> Calls { get; } = [];

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var texts = values.ToList();
            Calls.Enqueue(texts);
            await Task.Yield();
            if (texts.Contains("refused"))
                throw new ProviderFailureException("provider.refused", "p/m", "a text is too long", "Shorten it.");
            if (texts.Contains("down"))
                throw new ProviderFailureException("provider.overloaded", "p/m", "is overloaded", "Wait.");
            return new(texts.Select(t => new Embedding<float>(new float[] { t.Length }))) { Usage = new() { InputTokenCount = texts.Sum(
                t => t.Length) } };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
