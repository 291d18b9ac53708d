using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Cairn.Knowledge;

/// <summary>
/// Answers without a model: quotes the one to three sentences, list items or table rows of the evidence that answer best, or says that
/// the evidence does not answer. Every sentence of the answer is one quote.
/// </summary>
internal sealed class ExtractiveAnswerEngine(GroundingModel model) : IAnswerEngine
{
    public string Name => "extractive";

    public async IAsyncEnumerable<EngineEvent> AnswerAsync(AnswerTask task, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        cancellationToken.ThrowIfCancellationRequested();
        var ranked = RankedEvidence.Rank(ReadEvidence.Read(task.Question, task.Evidence), model.Ranking);
        var confidence = Confidence(ranked);
        if (confidence < model.OperatingPoint)
        {
            yield return new EngineResult
            {
                Status = AnswerStatus.Missing,
                Text = "",
                Confidence = confidence,
                Notices = MissingNotices.Of(ranked),
            };
            yield break;
        }
        var answer = new AnswerComposer();
        foreach (var chosen in AnswerSelection.Select(ranked))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new EngineDelta(answer.Add(chosen.Candidate));
            // Lets whoever streams the answer write the sentence before the next one comes.
            await Task.Yield();
        }
        yield return new EngineResult
        {
            Status = AnswerStatus.Answered,
            Text = answer.Text,
            Sentences = answer.Sentences,
            Citations = answer.Citations,
            Confidence = confidence,
        };
    }

    /// <summary>How likely it is that the evidence answers, 0 to 1; 0 when there is nothing to quote or nothing was asked.</summary>
    private double Confidence(RankedEvidence ranked)
    {
        if (ranked.Best.IsEmpty || ranked.Evidence.Question.Terms.IsEmpty)
            return 0;
        Span<double> features = stackalloc double[ConfidenceFeatures.Count];
        ConfidenceFeatures.Write(ranked, features);
        return 1 / (1 + Math.Exp(-model.Confidence.Score(features)));
    }
}
