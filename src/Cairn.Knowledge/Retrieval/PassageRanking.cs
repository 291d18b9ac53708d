using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>
/// Ranks found passages again, by their texts. Of a word and its relatives only what counts most counts, and several words count more than
/// one rare one; a passage gains when one of its sentences holds much of the question, and a little when its document does. Reads nothing
/// but passages that the caller sees and weights counted over these.
/// </summary>
internal sealed class PassageRanking
{
    /// <summary>So many passages are ranked; those that answer are hardly ever further down.</summary>
    public const int Depth = 100;

    private const double BestSentence = 0.6;
    private const double WholeDocument = 0.2;

    // What a term gives is raised to this power, so that two of the question's words together say more than one that is rare.
    private const double Evenness = 0.75;

    private static readonly Bm25Parameters Parameters = Bm25Parameters.Default;

    private readonly LexicalQuery _query;
    private readonly double _meanLength;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly double[] _weights;

    private PassageRanking(LexicalQuery query, IReadOnlyList<double> weights, double meanLength)
    {
        (_query, _meanLength, _weights) = (query, Math.Max(1, meanLength), [.. weights]);
        for (var i = 0; i < query.Searched.Count; i++)
            _places.Add(query.Searched[i].Term, i);
    }

    /// <param name="weights">Of <see cref="LexicalQuery.Searched"/>.</param>
    /// <returns>Best first; equal scores in the order given. The parts add up to the score.</returns>
    public static IReadOnlyList<RetrievedPassage> Rank(
        LexicalQuery query, IReadOnlyList<double> weights, double meanLength, IReadOnlyList<Passage> passages)
    {
        var ranking = new PassageRanking(query, weights, meanLength);
        var matches = passages.Select(ranking.Match).ToList();
        var documents = matches.GroupBy(m => m.Passage.Document).ToDictionary(d => d.Key, d => ranking.Best(d).Sum());
        return [.. matches.Select(m => ranking.Retrieved(m, documents[m.Passage.Document])).OrderByDescending(p => p.Score)];
    }

    private double[] Best(IEnumerable<PassageMatch> matches)
    {
        var best = new double[_query.Terms.Count];
        foreach (var match in matches)
        {
            for (var t = 0; t < best.Length; t++)
                best[t] = Math.Max(best[t], match.Scores[t]);
        }
        return best;
    }

    private PassageMatch Match(Passage passage)
    {
        var frequencies = new int[_weights.Length];
        var (inSentence, best) = (new double[_query.Terms.Count], 0.0);
        var length = 0;
        foreach (var (start, end) in Sentences.Split(passage.Text))
        {
            Array.Clear(inSentence);
            length += Count(passage.Text.AsSpan(start, end - start), frequencies, inSentence);
            best = Math.Max(best, inSentence.Sum());
        }
        Count(passage.Title, frequencies, inSentence);
        Count(passage.HeadingPath, frequencies, inSentence);
        var (scores, by) = Score(frequencies, Bm25.Normalisation(Parameters, length / _meanLength));
        return new PassageMatch(passage, scores, by, Math.Pow(best / (1 + Parameters.K1), Evenness));
    }

    /// <summary>Adds to the frequencies of searched terms, and keeps for each term of the question the most that a word gives it.</summary>
    /// <returns>The number of words.</returns>
    private int Count(ReadOnlySpan<char> text, int[] frequencies, double[] most)
    {
        var words = 0;
        var places = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        var tokenizer = new Tokenizer(text, stackalloc char[Tokenizer.BufferLength]);
        while (tokenizer.Read())
        {
            words += tokenizer.IsJoined ? 0 : 1;
            if (!places.TryGetValue(Analyzer.SpanOf(tokenizer), out var place))
                continue;
            frequencies[place]++;
            var of = _query.Searched[place].Of;
            most[of] = Math.Max(most[of], _weights[place]);
        }
        return words;
    }

    /// <summary>For each term of the question the best of it and its relatives, and which that was.</summary>
    private (double[] Scores, int[] By) Score(int[] frequencies, double k)
    {
        var (scores, by) = (new double[_query.Terms.Count], new int[_query.Terms.Count]);
        for (var i = 0; i < frequencies.Length; i++)
        {
            var (of, score) = (_query.Searched[i].Of, _weights[i] * frequencies[i] / (frequencies[i] + k));
            if (score > scores[of])
                (scores[of], by[of]) = (score, i);
        }
        for (var t = 0; t < scores.Length; t++)
            scores[t] = Math.Pow(scores[t], Evenness);
        return (scores, by);
    }

    private RetrievedPassage Retrieved(PassageMatch match, double document)
    {
        var parts = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        for (var t = 0; t < match.Scores.Length; t++)
        {
            if (match.Scores[t] > 0)
                parts[(match.By[t] == t ? "bm25:" : "related:") + _query.Searched[match.By[t]].Term] = match.Scores[t];
        }
        parts["sentence"] = BestSentence * match.BestSentence;
        parts["document"] = WholeDocument * document;
        // Added up in the order of the terms: the dictionary's order, and with it the last digit, is another in each process.
        var score = match.Scores.Sum() + parts["sentence"] + parts["document"];
        if (match.Passage.Superseded)
        {
            parts["superseded"] = score * ((Bm25.SupersededShare / 256.0) - 1);
            score += parts["superseded"];
        }
        return new RetrievedPassage(match.Passage, score, parts.ToImmutable());
    }
}
