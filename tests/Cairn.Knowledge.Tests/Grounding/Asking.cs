using System.Collections.Immutable;
using System.Globalization;

namespace Cairn.Knowledge.Tests;

/// <summary>Retrieves from passages in memory and lets the shipped engine answer.</summary>
internal static class Asking
{
    public static readonly Principal Caller = Principal.Owner();

    public static Passage Passage(
        string text, string path = "paper.md", string title = "Paper", string headings = "", bool superseded = false, int start = 0,
        long id = 1)
        => new()
        {
            Id = id,
            Document = path,
            Version = 1,
            Source = "papers",
            Path = path,
            Title = title,
            HeadingPath = headings,
            Start = start,
            End = start + text.Length,
            Text = text,
            Access = AccessSet.Everyone,
            Changed = DateTimeOffset.UnixEpoch,
            Superseded = superseded,
        };

    /// <summary>The passages in the order given, and the question's terms with how many of the passages hold them.</summary>
    public static Retrieval Evidence(string question, params IReadOnlyList<Passage> passages)
    {
        var terms = LexicalQuery.Parse(question).Terms;
        var held = passages.Select(p => Analyzer.Analyze(p.Text).Select(t => t.Term).ToHashSet()).ToList();
        return new Retrieval
        {
            Passages = [.. passages.Select((p, i) => new RetrievedPassage(p, 10.0 - i, ImmutableDictionary<string, double>.Empty))],
            DocumentsVisible = 1000,
            PassagesVisible = 5000,
            Terms = [.. terms.Select(t => new QueryTerm(t.Typed, t.Indexed, held.Count(h => h.Contains(t.Indexed)), 1.0 / terms.Count))],
        };
    }

    public static Task<EngineResult> AskAsync(string question, params IReadOnlyList<Passage> passages)
        => AskAsync(question, Evidence(question, passages));

    public static async Task<EngineResult> AskAsync(string question, Retrieval evidence, GroundingModel? model = null)
    {
        var engine = new ExtractiveAnswerEngine(model ?? ShippedGroundingModel.Value);
        var streamed = "";
        EngineResult? result = null;
        await foreach (var engineEvent in engine.AnswerAsync(new AnswerTask { Caller = Caller, Question = question, Evidence = evidence },
            CancellationToken.None))
        {
            Assert.Null(result);
            streamed += (engineEvent as EngineDelta)?.Text;
            result = engineEvent as EngineResult;
        }
        Assert.NotNull(result);
        Assert.Equal(result.Text, streamed);
        return result;
    }

    public static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
}
