using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>The company's questions with what is retrieved for them.</summary>
internal static class CompanySet
{
    /// <summary>How many questions of XQuAD one of these weighs in training: they are few, and unlike.</summary>
    private const double Weight = 3;

    public static async Task<List<PosedCompanyQuestion>> MakeAsync(bool heldOut)
    {
        var papers = await CompanyPapers.ReadAsync();
        var posed = new List<PosedCompanyQuestion>();
        foreach (var question in CompanyQuestion.ReadAll(papers).Where(q => q.HeldOut == heldOut))
        {
            var retrieval = await papers.Corpus.RetrieveAsync(question.Asker, new RetrievalQuery { Text = question.Text, Top = 200 }, CancellationToken.None);
            var evidence = ReadEvidence.Read(question.Text, retrieval);
            var gold = Enumerable.Range(0, question.IsAnswerable ? evidence.Candidates.Length : 0)
                .Where(i => evidence.Candidates[i] is var c && question.IsAt(c.Passage.Passage, c.Unit.Start, c.Unit.End)).ToHashSet();
            var rank = question.Evidence.Count == 0 ? -1 : retrieval.Passages.Select((p, i) => (p, i)).FirstOrDefault(x => question.IsAt(x.p.Passage, 0, x.p.Passage.Text.Length), (null!, -1)).i;
            posed.Add(new PosedCompanyQuestion(question, new TrainingQuestion(evidence, gold) { Weight = Weight }, rank));
        }
        return posed;
    }
}
