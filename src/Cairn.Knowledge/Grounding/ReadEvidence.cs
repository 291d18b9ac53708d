using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>The best passages of a retrieval, read against the question, with the features of every unit that can be quoted.</summary>
internal sealed class ReadEvidence
{
    /// <summary>Passages further down seldom hold the answer and cost time.</summary>
    public const int Top = 10;

    private ReadEvidence(
        Question question, ImmutableArray<EvidencePassage> passages, ImmutableArray<Candidate> candidates, double[] features)
        => (Question, Passages, Candidates, Features) = (question, passages, candidates, features);

    public Question Question { get; }

    public ImmutableArray<EvidencePassage> Passages { get; }

    public ImmutableArray<Candidate> Candidates { get; }

    /// <summary>Row after row, one per candidate, <see cref="SentenceFeatures.Count"/> wide.</summary>
    public double[] Features { get; }

    public ReadOnlySpan<double> FeaturesOf(int candidate) => Features.AsSpan(candidate * SentenceFeatures.Count, SentenceFeatures.Count);

    public static ReadEvidence Read(string question, Retrieval retrieval)
    {
        var read = Question.Read(question, retrieval);
        ImmutableArray<EvidencePassage> passages = [.. retrieval.Passages.Take(Top)
            .Select((p, i) => EvidenceReader.Read(read, p.Passage, i))];
        JoinDocuments(read, passages);
        var best = passages.IsEmpty ? 0 : passages.Max(p => p.Score);
        var bestHeld = passages.IsEmpty ? 0 : passages.Max(p => p.HeldScore);
        ImmutableArray<Candidate> candidates = [.. passages.SelectMany(p => p.Units.Select((u, i) => (Unit: u,
            Candidate: new Candidate(p, i))).Where(c => c.Unit.IsCandidate).Select(c => c.Candidate))];
        var features = new double[candidates.Length * SentenceFeatures.Count];
        for (var i = 0; i < candidates.Length; i++)
            SentenceFeatures.Write(read, candidates[i].Passage, candidates[i].At, best, bestHeld,
                features.AsSpan(i * SentenceFeatures.Count, SentenceFeatures.Count));
        return new ReadEvidence(read, passages, candidates, features);
    }

    private static void JoinDocuments(Question question, IEnumerable<EvidencePassage> passages)
    {
        foreach (var document in passages.GroupBy(p => p.Passage.Document))
        {
            var held = new double[question.Terms.Length];
            foreach (var passage in document)
            {
                for (var i = 0; i < held.Length; i++)
                    held[i] = Math.Max(held[i], passage.Held[i]);
                passage.DocumentHeld = held;
            }
        }
    }
}
