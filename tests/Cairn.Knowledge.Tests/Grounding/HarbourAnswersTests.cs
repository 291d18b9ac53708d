namespace Cairn.Knowledge.Tests;

/// <summary>
/// The shipped engine on the sample company's questions, which avoid the papers' own words. The half that is not held out may be tuned on;
/// of the other half only the figures are printed.
/// </summary>
public sealed class HarbourAnswersTests(ITestOutputHelper output)
{
    private static readonly GroundingModel Willing = ShippedGroundingModel.Value with { OperatingPoint = 0 };

    [Fact]
    public async Task Quotes_are_exact_and_the_papers_that_answer_are_cited_no_less_often_than_when_this_was_measured()
    {
        var harbour = await HarbourCorpus.ReadAsync();
        var outcomes = new List<HarbourOutcome>();
        foreach (var question in HarbourQuestion.ReadAll())
        {
            var evidence = await harbour.Corpus.RetrieveAsync(HarbourCorpus.Asker(question),
                new RetrievalQuery { Text = question.Question, Top = 10 }, CancellationToken.None);
            var willing = await Asking.AskAsync(question.Question, evidence, Willing);
            var served = await Asking.AskAsync(question.Question, evidence);
            Assert.All(willing.Citations, c => Assert.Equal(c.Quote, harbour.Texts[c.Document][c.Start..c.End]));
            var outcome = HarbourOutcome.Of(question, evidence, willing, served, harbour.Texts);
            outcomes.Add(outcome);
            if (!question.HeldOut)
                output.WriteLine($"{outcome} {question.Question} -> {willing.Text.ReplaceLineEndings(" / ")}");
        }
        foreach (var half in outcomes.GroupBy(o => o.Question.HeldOut).OrderBy(h => h.Key))
            output.WriteLine(HarbourOutcome.Summary(half.Key ? "held out" : "for tuning", [.. half]));
        Assert.InRange(outcomes.Count(o => o.First && o.IsAnswerable), 40, 106);
        Assert.InRange(outcomes.Count(o => o.OneOfThree && o.IsAnswerable), 62, 106);
        Assert.InRange(outcomes.Count(o => o.Missing && !o.IsAnswerable), 30, 44);
    }
}
