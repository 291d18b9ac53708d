using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>
/// Chooses one to three units: the best, then others while the answer is not yet likely to be among them and they say something else.
/// </summary>
internal static class AnswerSelection
{
    public const int Most = 3;

    // Beyond this summed probability another sentence would more often bore than help.
    private const double Enough = 0.993;

    // A further sentence has to be this likely to hold the answer.
    private const double Worth = 0.004;

    // Words shared, as a share of the longer unit's: more is the same statement again (a copy, an older version, a summary).
    private const double Same = 0.8;

    public static ImmutableArray<RankedCandidate> Select(RankedEvidence ranked)
    {
        var chosen = ImmutableArray.CreateBuilder<RankedCandidate>(Most);
        var covered = 0.0;
        foreach (var candidate in ranked.Best)
        {
            if (chosen.Count == Most || covered >= Enough || (chosen.Count > 0 && candidate.Probability < Worth))
                break;
            covered += candidate.Probability;
            var same = Enumerable.Range(0, chosen.Count)
                .FirstOrDefault(i => IsSame(chosen[i].Candidate.Unit, candidate.Candidate.Unit), -1);
            if (same < 0)
                chosen.Add(candidate);
            else if (chosen[same].Candidate.Passage.Passage.Superseded && !candidate.Candidate.Passage.Passage.Superseded)
                chosen[same] = candidate;
        }
        return chosen.ToImmutable();
    }

    private static bool IsSame(EvidenceUnit one, EvidenceUnit other)
    {
        var (first, second) = (Content(one), Content(other));
        // Numbers make the difference between versions of a clause and between rows of a table.
        return first.Count(second.Contains) >= Same * Math.Max(first.Count, second.Count)
            && first.Where(IsNumber).ToHashSet().SetEquals(second.Where(IsNumber));
    }

    private static HashSet<string> Content(EvidenceUnit unit) => [.. unit.Words.Where(w => w.IsContent).Select(w => w.Term)];

    private static bool IsNumber(string term) => char.IsDigit(term[0]);
}
