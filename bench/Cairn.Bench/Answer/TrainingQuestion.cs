using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>A question with its evidence read; <see cref="Gold"/> is the candidate in which the gold answer begins, -1 when it was not retrieved.</summary>
internal sealed record TrainingQuestion(AnswerQuestion Question, ReadEvidence Evidence, ReadEvidence Without)
{
    public int Gold { get; } = GoldOf(Question, Evidence);

    public static TrainingQuestion Read(AnswerQuestion question)
        => new(question, ReadEvidence.Read(question.Text, question.With), ReadEvidence.Read(question.Text, question.Without));

    private static int GoldOf(AnswerQuestion question, ReadEvidence evidence)
    {
        for (var i = 0; i < evidence.Candidates.Length; i++)
        {
            var candidate = evidence.Candidates[i];
            if (candidate.Passage.Passage.Id == question.Paragraph && candidate.Unit.Start <= question.AnswerStart && question.AnswerStart < candidate.Unit.End)
                return i;
        }
        return -1;
    }
}
