using System.Diagnostics;
using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// Extractive answers to the questions of XQuAD inside a pool of other passages, beside a baseline. Every figure is on articles that the
/// weights did not see: those learned from the even articles answer the odd ones, and the other way round; each time with the sample
/// company's questions that are not held out and the practice questions. <c>--train</c> writes the weights that ship, learned from the even
/// articles and these.
/// </summary>
internal sealed class AnswerSuite : ISuite
{
    private const string ShippedPath = "src/Cairn.Knowledge/Grounding/ShippedGroundingModel.cs";

    // Chosen on the company's questions for tuning, cross-fitted: where training ends, too much is answered that the papers do not.
    private const double ShippedOperatingPoint = 0.45;

    public string Name => "answer";

    public async Task RunAsync(BenchOptions options)
    {
        var distractors = Pool.Passages(options.Quick ? 30_000 : 300_000);
        var language = options.Arguments.FirstOrDefault(a => a.StartsWith("--language=", StringComparison.Ordinal))?["--language=".Length..]
            ?? "en";
        List<TrainingQuestion> company = [.. (await CompanySet.SampleAsync(heldOut: false)).Concat(await CompanySet.PracticeAsync())
            .Select(q => q.Training)];
        var questions = (await AnswerSet.MakeAsync(distractors, language)).Select(PosedQuestion.Read).ToList();
        Console.Error.WriteLine(FormattableString.Invariant($"{questions.Count} questions, {distractors.Count} distractors"));
        var (even, odd) = (questions.Where(q => q.Question.Article % 2 == 0).ToList(),
            questions.Where(q => q.Question.Article % 2 == 1).ToList());
        if (options.Arguments.Contains("--train"))
        {
            await File.WriteAllTextAsync(Path.Combine(Pool.RepositoryRoot(), ShippedPath),
                ModelFile.Write(Train(even, company) with { OperatingPoint = ShippedOperatingPoint }, "bench/run answer --train"));
            Console.Error.WriteLine($"wrote {ShippedPath}");
            return;
        }
        await ReportAsync(even, odd, company, options);
    }

    /// <summary>Learns from questions of XQuAD, asked with and without their articles, and of the company.</summary>
    public static GroundingModel Train(IReadOnlyList<PosedQuestion> questions, IReadOnlyList<TrainingQuestion> company)
    {
        List<TrainingQuestion> all = [.. questions.SelectMany(q => new[] { q.With, q.Without }), .. company];
        return ConfidenceTrainer.Train(all, RankingTrainer.Train(all));
    }

    private static async Task ReportAsync(
        List<PosedQuestion> even, List<PosedQuestion> odd, List<TrainingQuestion> company, BenchOptions options)
    {
        var (fromEven, fromOdd) = (Train(even, company), Train(odd, company));
        var baseline = AnswerFigures.Of(even.Concat(odd)
            .Select(q => (q.Question, (IReadOnlyList<string>)AnswerBaseline.Answer(q.Question.Text, q.Question.With))));
        var baselineMissing = MissingFigures.Of([.. even.Concat(odd).Select(q => AnswerBaseline.Confidence(q.Question.With))],
            [.. even.Concat(odd).Select(q => AnswerBaseline.Confidence(q.Question.Without))], 0);
        Console.Error.WriteLine(
            FormattableString.Invariant(
                $"baseline: first {baseline.First:0.000}, one of three {baseline.Three:0.000}, f1 {baseline.F1:0.000}, missing auc {baselineMissing.Auc:0.000}"));
        await PrintAsync("shipped weights, odd articles", odd, ShippedGroundingModel.Value);
        await PrintAsync("from even, odd articles", odd, fromEven);
        await PrintAsync("from odd, even articles", even, fromOdd);
        var willing = (await AnswerAsync(odd, fromEven with { OperatingPoint = 0 }))
            .Concat(await AnswerAsync(even, fromOdd with { OperatingPoint = 0 })).ToList();
        var served = (await AnswerAsync(odd, fromEven)).Concat(await AnswerAsync(even, fromOdd)).ToList();
        var (figures, servedFigures) = (AnswerFigures.Of(willing.Select(a => (a.Question, a.Quotes))),
            AnswerFigures.Of(served.Select(a => (a.Question, a.Quotes))));
        var (odds, evens) = (Missing(odd, fromEven), Missing(even, fromOdd));
        double Both(Func<MissingFigures, double> figure)
            => ((figure(odds) * odd.Count) + (figure(evens) * even.Count)) / (odd.Count + even.Count);
        Console.Error.WriteLine(FormattableString.Invariant(
            $"sentences per answer {figures.Sentences:0.00}; with missing decided: first {servedFigures.First:0.000}, one of three {servedFigures.Three:0.000}; missing at the operating point: precision {Both(m => m.Precision):0.000}, recall {Both(m => m.Recall):0.000}, answerable given up {Both(m => m.GivenUp):0.000}"));
        var times = willing.Select(a => a.Milliseconds).Order().ToList();
        var suffix = options.Quick ? ".quick" : "";
        Bar.AtLeast("answer.first" + suffix, figures.First, "", 0.77);
        Bar.AtLeast("answer.three" + suffix, figures.Three, "", 0.90);
        Bar.AtLeast("answer.first.over-baseline" + suffix, figures.First - baseline.First, "", 0);
        Bar.AtLeast("answer.f1.over-baseline" + suffix, figures.F1 - baseline.F1, "", 0);
        Bar.AtLeast("missing.auc" + suffix, Both(m => m.Auc), "", 0.92);
        Bar.AtMost("answer.p50" + suffix, times[times.Count / 2], "ms", 5);
        Bar.AtMost("answer.p95" + suffix, times[times.Count * 95 / 100], "ms", 15);
    }

    private static MissingFigures Missing(IReadOnlyList<PosedQuestion> questions, GroundingModel model)
        => MissingFigures.Of(
            [.. questions.Select(q => ConfidenceTrainer.Confidence(q.With.Evidence, model))],
            [.. questions.Select(q => ConfidenceTrainer.Confidence(q.Without.Evidence, model))],
            model.OperatingPoint);

    private static async Task PrintAsync(string name, IReadOnlyList<PosedQuestion> questions, GroundingModel model)
    {
        var figures = AnswerFigures.Of((await AnswerAsync(questions, model with { OperatingPoint = 0 }))
            .Select(a => (a.Question, a.Quotes)));
        var missing = Missing(questions, model);
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{name}: first {figures.First:0.000}, one of three {figures.Three:0.000}, f1 {figures.F1:0.000}, missing auc {missing.Auc:0.000}, precision {missing.Precision:0.000}, recall {missing.Recall:0.000} at {model.OperatingPoint:0.###}"));
    }

    private static async Task<List<(AnswerQuestion Question, IReadOnlyList<string> Quotes, double Milliseconds)>> AnswerAsync(
        IEnumerable<PosedQuestion> questions, GroundingModel model)
    {
        var engine = new ExtractiveAnswerEngine(model);
        var answers = new List<(AnswerQuestion, IReadOnlyList<string>, double)>();
        foreach (var (question, _, _) in questions)
        {
            var start = Stopwatch.GetTimestamp();
            EngineResult? result = null;
            await foreach (var engineEvent in engine.AnswerAsync(new AnswerTask
            {
                Caller = Principal.Owner(),
                Question = question.Text,
                Evidence = question.With,
            }, CancellationToken.None))
                result = engineEvent as EngineResult ?? result;
            answers.Add((question, [.. result!.Citations.Select(c => c.Quote)], Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        }
        return answers;
    }
}
