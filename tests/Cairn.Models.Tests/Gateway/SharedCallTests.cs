using System.Threading.Channels;

namespace Cairn.Models.Tests;

/// <summary>What becomes of equal calls that wait for one of them, when that one has no reply for them.</summary>
public sealed class SharedCallTests
{
    private const string Reply = """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}""";

    [Fact]
    public async Task When_the_one_that_asked_fails_one_of_the_others_asks_and_the_rest_share_its_reply()
    {
        var answers = new Answers();
        var calls = await answers.BeginAsync(5);
        answers.Next(RawModels.Status(500, "{}"));
        await answers.AskedAsync(2);
        answers.Next(RawModels.Json(Reply));
        var outcomes = await Task.WhenAll(calls);
        Assert.Equal([null, null, null, null, "provider.failed"],
            outcomes.Order(Comparer<string?>.Create((a, b) => string.CompareOrdinal(a, b))));
        Assert.Equal(2, answers.Models.Asked.Count);
    }

    [Fact]
    public async Task A_provider_that_fails_again_is_asked_by_two_of_them_at_most()
    {
        var answers = new Answers();
        var calls = await answers.BeginAsync(6);
        answers.Next(RawModels.Status(500, "{}"));
        await answers.AskedAsync(2);
        answers.Next(RawModels.Status(500, "{}"));
        Assert.All(await Task.WhenAll(calls), code => Assert.Equal("provider.failed", code));
        Assert.Equal(2, answers.Models.Asked.Count);
    }

    [Fact]
    public async Task What_is_wrong_with_the_request_is_told_to_all_who_sent_it()
    {
        var answers = new Answers();
        var calls = await answers.BeginAsync(4);
        answers.Next(RawModels.Status(400, """{"error":{"message":"too hot"}}"""));
        Assert.All(await Task.WhenAll(calls), code => Assert.Equal("provider.refused", code));
        Assert.Single(answers.Models.Asked);
    }

    [Fact]
    public async Task When_the_one_that_asked_leaves_another_asks()
    {
        var answers = new Answers();
        using var leaving = new CancellationTokenSource();
        var calls = await answers.BeginAsync(4, leaving.Token);
        await leaving.CancelAsync();
        await answers.AskedAsync(2);
        answers.Next(RawModels.Json(Reply));
        var outcomes = await Task.WhenAll(calls);
        Assert.Equal(("cancelled", 3), (outcomes[0], outcomes.Count(o => o is null)));
        Assert.Equal(2, answers.Models.Asked.Count);
    }

    /// <summary>A model that answers when the test says so.</summary>
    private sealed class Answers
    {
        private readonly Channel<bool> _asked = Channel.CreateUnbounded<bool>();
        private readonly Channel<HttpResponseMessage> _answers = Channel.CreateUnbounded<HttpResponseMessage>();
        private int _count;

        public Answers() => Models = new(async cancellationToken =>
        {
            _asked.Writer.TryWrite(true);
            return await _answers.Reader.ReadAsync(cancellationToken);
        });

        public RawModels Models { get; }

        public void Next(HttpResponseMessage answer) => Assert.True(_answers.Writer.TryWrite(answer));

        public async Task AskedAsync(int times)
        {
            for (; _count < times; _count++)
                await _asked.Reader.ReadAsync();
        }

        /// <returns>Calls of which the first asks and the others wait; each with its error's code, null when it got a reply.</returns>
        public async Task<List<Task<string?>>> BeginAsync(int calls, CancellationToken first = default)
        {
            var begun = new List<Task<string?>> { OutcomeAsync(first) };
            await AskedAsync(1);
            // Up to where they wait for the first they run at once.
            for (var i = 1; i < calls; i++)
                begun.Add(OutcomeAsync(CancellationToken.None));
            return begun;
        }

        private async Task<string?> OutcomeAsync(CancellationToken cancellationToken)
        {
            try
            {
                return (await Models.SendAsync(new RawModels.Sink(), cancellationToken: cancellationToken)).Error;
            }
            catch (CairnException e)
            {
                return e.Code;
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        }
    }
}
