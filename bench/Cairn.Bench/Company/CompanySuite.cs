using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// Answers to the sample company's questions, which avoid the papers' own words. Without an argument only the half for tuning is asked:
/// with the shipped weights (which learned from it), and cross-fitted (weights from the even articles of XQuAD, the practice questions and
/// four fifths of these questions answer the last fifth). <c>--held-out</c> asks the other half with the shipped weights and prints sums
/// only.
/// </summary>
internal sealed class CompanySuite : ISuite
{
    private const int Folds = 5;

    public string Name => "company";

    public async Task RunAsync(BenchOptions options)
    {
        if (options.Arguments.Contains("--held-out"))
        {
            var heldOut = CompanyFigures.Of((await CompanySet.SampleAsync(heldOut: true)).Select(q => (q, ShippedGroundingModel.Value)));
            Console.Error.WriteLine($"held out, shipped weights: {heldOut}");
            var answerable = heldOut.Outcomes.Where(o => o.Question.IsAnswerable).ToList();
            Bar.AtLeast("company.first", answerable.Average(o => o.First ? 1.0 : 0), "", 0.70);
            return;
        }
        var company = await CompanySet.SampleAsync(heldOut: false);
        var practice = (await CompanySet.PracticeAsync()).Select(q => q.Training).ToList();
        var questions = (await AnswerSet.MakeAsync(Pool.Passages(30_000), "en")).Where(q => q.Article % 2 == 0).Select(PosedQuestion.Read)
            .ToList();
        var asked = new List<(PosedCompanyQuestion, GroundingModel)>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = AnswerSuite.Train(questions, [.. practice, .. company.Where((_, i) => i % Folds != fold).Select(q => q.Training)]);
            asked.AddRange(company.Where((_, i) => i % Folds == fold).Select(q => (q, model)));
        }
        var crossFit = CompanyFigures.Of(asked);
        Console.Error.WriteLine($"for tuning, cross-fit: {crossFit}");
        if (options.Arguments.Contains("--each"))
        {
            foreach (var o in crossFit.Outcomes)
                Console.Error.WriteLine(
                    $"{o.Question.Id} {o.Lost}, passage {o.Rank}, {(o.Missing ? "missing" : "answered")} {o.Confidence:0.00}: {o.Question.Text}");
        }
        Console.Error.WriteLine($"for tuning, shipped weights: {CompanyFigures.Of(company.Select(q => (q, ShippedGroundingModel.Value)))}");
    }
}
