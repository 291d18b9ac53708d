using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>A question of XQuAD with its evidence read: with its article among the passages, and without.</summary>
internal sealed record PosedQuestion(AnswerQuestion Question, TrainingQuestion With, TrainingQuestion Without)
{
    public static PosedQuestion Read(AnswerQuestion question)
    {
        var with = ReadEvidence.Read(question.Text, question.With);
        return new PosedQuestion(question, new TrainingQuestion(with, GoldOf(question, with)),
            new TrainingQuestion(ReadEvidence.Read(question.Text, question.Without), new HashSet<int>()));
    }

    /// <summary>The candidate in which the gold answer begins, if it was retrieved.</summary>
    private static HashSet<int> GoldOf(AnswerQuestion question, ReadEvidence evidence)
        => [.. Enumerable.Range(0, evidence.Candidates.Length).Where(i => evidence.Candidates[i] is var c
            && c.Passage.Passage.Id == question.Paragraph && c.Unit.Start <= question.AnswerStart && question.AnswerStart < c.Unit.End)
            .Take(1)];
}
