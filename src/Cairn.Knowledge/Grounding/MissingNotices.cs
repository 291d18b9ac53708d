using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>
/// What a reader should know of evidence that did not suffice: which words of the question it lacks, and what came nearest.
/// </summary>
internal static class MissingNotices
{
    private const int MostWords = 4;

    public static ImmutableArray<string> Of(RankedEvidence ranked)
    {
        if (ranked.Best.IsEmpty)
            return [];
        var question = ranked.Evidence.Question;
        var nearest = ranked.Best[0].Candidate.Passage;
        var lacking = question.Terms.Where((t, i) => (nearest.NearlyAsked >> i & 1) == 0).OrderByDescending(t => t.Weight).Take(MostWords)
            .Select(t => $"\"{t.Typed}\"").ToList();
        var where = nearest.Passage.HeadingPath.Length > 0
            ? $"{nearest.Passage.Path}, {nearest.Passage.HeadingPath}"
            : nearest.Passage.Path;
        return lacking.Count == 0
            ? [$"The nearest passage ({where}) speaks of it, but no sentence there answers."]
            : [$"The nearest passage ({where}) does not mention {string.Join(", ", lacking)}."];
    }
}
