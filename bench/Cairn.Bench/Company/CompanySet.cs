using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>The company's questions with what is retrieved for them.</summary>
internal static class CompanySet
{
    /// <summary>How many questions of XQuAD one of these weighs in training: they are few, and unlike.</summary>
    private const double SampleWeight = 3;
    private const double PracticeWeight = 1;

    /// <summary>Questions to learn from, written from the papers by somebody who has not seen the sample's held-out ones.</summary>
    public static Task<List<PosedCompanyQuestion>> PracticeAsync()
        => MakeAsync(Path.Combine(Pool.RepositoryRoot(), "bench", "Cairn.Bench", "Company", "practice.jsonl"), heldOut: false,
            PracticeWeight);

    /// <summary>The sample's questions, one half or the other.</summary>
    public static Task<List<PosedCompanyQuestion>> SampleAsync(bool heldOut)
        => MakeAsync(Path.Combine(CompanyPapers.Folder, "questions.jsonl"), heldOut, SampleWeight);

    private static async Task<List<PosedCompanyQuestion>> MakeAsync(string file, bool heldOut, double weight)
    {
        var papers = await CompanyPapers.ReadAsync();
        var posed = new List<PosedCompanyQuestion>();
        foreach (var question in CompanyQuestion.ReadAll(papers, file).Where(q => q.HeldOut == heldOut))
        {
            var retrieval = await papers.Corpus.RetrieveAsync(question.Asker, new RetrievalQuery { Text = question.Text, Top = 200 },
                CancellationToken.None);
            var evidence = ReadEvidence.Read(question.Text, retrieval);
            var gold = Enumerable.Range(0, question.IsAnswerable ? evidence.Candidates.Length : 0)
                .Where(i => evidence.Candidates[i] is var c && question.IsAt(c.Passage.Passage, c.Unit.Start, c.Unit.End)).ToHashSet();
            var rank = question.Evidence.Count == 0
                ? -1
                : retrieval.Passages.Select((p, i) => (p, i)).FirstOrDefault(x => question.IsAt(x.p.Passage, 0, x.p.Passage.Text.Length),
                    (null!, -1)).i;
            posed.Add(new PosedCompanyQuestion(question, new TrainingQuestion(evidence, gold) { Weight = weight }, rank));
        }
        return posed;
    }
}
