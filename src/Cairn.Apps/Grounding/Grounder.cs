using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>
/// Checks a model's sentences against the passages. A sentence is carried when enough of its terms, weighted by how rare they are in the
/// evidence, stand in up to three neighbouring sentences of a passage, when each of its numbers stands there too, and when both deny or
/// neither does. What carries it becomes its citation, by exact offsets.
/// </summary>
internal sealed class Grounder
{
    /// <summary>Share of a sentence's weight that has to be found; a paraphrase keeps names, numbers and most nouns.</summary>
    public const double Enough = 0.5;

    /// <summary>The bar for a sentence that names no passage itself.</summary>
    public const double EnoughUnnamed = 0.6;

    // A term of the question says little about whether the answer is right.
    private const double QuestionWeight = 0.35;

    private readonly ImmutableArray<PackedPassage> _passages;
    private readonly ImmutableHashSet<string> _question;
    private readonly ImmutableArray<Evidence> _evidence;
    private readonly Dictionary<string, int> _frequency = new(StringComparer.Ordinal);
    private readonly int _units;

    public Grounder(ImmutableArray<PackedPassage> passages, string question)
    {
        _passages = passages;
        _question = Terms.Of(question);
        _evidence = [.. passages.Select(p => new Evidence(p))];
        foreach (var term in _evidence.SelectMany(e => e.Units).SelectMany(u => u.Terms))
            _frequency[term] = _frequency.GetValueOrDefault(term) + 1;
        _units = _evidence.Sum(e => e.Units.Length);
    }

    public GroundedAnswer Ground(string text, IReadOnlyList<Marker> markers, UnsupportedSentences policy)
    {
        var citations = new CitationList();
        var sentences = ImmutableArray.CreateBuilder<AnswerSentence>();
        var kept = new System.Text.StringBuilder();
        var spans = TextSpan.SentencesOf(text);
        var (at, supported) = (0, 0);
        for (var i = 0; i < spans.Length; i++)
        {
            var span = spans[i];
            var numbers = markers.Where(m => Owner(spans, m.Position) == i).SelectMany(m => m.Passages).Distinct().ToList();
            var (supports, isSupported) = Check(span.Of(text), numbers);
            if (isSupported || policy == UnsupportedSentences.Mark)
            {
                if (kept.Length > 0)
                    kept.Append(text, at, span.Start - at);
                var start = kept.Length;
                kept.Append(text, span.Start, span.Length);
                sentences.Add(new AnswerSentence
                {
                    Start = start,
                    End = kept.Length,
                    Citations = [.. supports.Select(citations.Add).Distinct()],
                    Supported = isSupported,
                });
                supported += isSupported && !supports.IsEmpty ? 1 : 0;
            }
            at = span.End;
        }
        return new(kept.ToString(), sentences.ToImmutable(), citations.ToImmutable(), supported);
    }

    /// <summary>The sentence that a marker at this position belongs to: the last one that begins before it.</summary>
    private static int Owner(ImmutableArray<TextSpan> spans, int position)
    {
        var owner = 0;
        while (owner + 1 < spans.Length && spans[owner + 1].Start < position)
            owner++;
        return owner;
    }

    private (ImmutableArray<Support> Supports, bool Supported) Check(string sentence, List<int> numbers)
    {
        var claim = new Claim(sentence);
        if (claim.Terms.IsEmpty)
            return ([], true);
        var named = numbers.Select(n => _evidence[n - 1]).ToList();
        var (supports, carried) = Carry(claim, named, Enough);
        if (!carried && named.Count == 0)
            (supports, carried) = Carry(claim, [.. _evidence], EnoughUnnamed);
        return carried ? (supports, true) : ([], false);
    }

    /// <summary>Takes the passage that carries most, then each that adds a tenth or carries the claim alone.</summary>
    private (ImmutableArray<Support> Supports, bool Carried) Carry(Claim claim, List<Evidence> evidence, double enough)
    {
        var named = evidence.Count <= 3;
        var total = claim.Terms.Sum(Weight);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var supports = ImmutableArray.CreateBuilder<Support>();
        var agrees = false;
        foreach (var (best, window, document) in evidence.Select(e => (e, Window: Best(claim, e), e.Context))
            .OrderByDescending(x => Covered(claim, x.Window.Terms, x.Context))
            .Select(x => (x.e, x.Window, x.Context)))
        {
            var own = claim.Terms.Where(t => window.Terms.Contains(t) || document.Contains(t)).ToList();
            var coverage = own.Sum(Weight) / total;
            var adds = own.Where(t => !found.Contains(t)).Sum(Weight) / total;
            if (supports.Count > 0 && adds < 0.1 && !(named && coverage >= enough))
                continue;
            if (coverage < 0.2 || supports.Count == 3 || !own.Any(window.Terms.Contains))
                continue;
            found.UnionWith(own);
            agrees |= Agrees(claim, best, window.Span);
            supports.Add(new(best.Passage, window.Span, coverage));
        }
        var carried = found.Sum(Weight) / total >= enough && agrees && claim.Numbers.All(found.Contains);
        return (supports.ToImmutable(), carried);
    }

    /// <summary>
    /// The sentences of the quote that carry most of the claim decide whether it is denied there; their neighbours may deny something else.
    /// </summary>
    private bool Agrees(Claim claim, Evidence evidence, TextSpan quote)
    {
        var units = evidence.Units.Where(u => u.Span.Start >= quote.Start && u.Span.End <= quote.End)
            .Select(u => (u.Denies, Covered: Covered(claim, u.Terms, []))).ToList();
        var most = units.Max(u => u.Covered);
        return units.Any(u => u.Denies == claim.Denies && u.Covered >= 0.7 * most);
    }

    private Unit Best(Claim claim, Evidence evidence)
    {
        var units = evidence.Units;
        var weights = claim.Terms.Select(t => (Term: t, Weight: Weight(t), InContext: evidence.Context.Contains(t))).ToArray();
        var total = Math.Max(weights.Sum(w => w.Weight), double.Epsilon);
        var (best, bestScore) = (default(Range), double.NegativeInfinity);
        for (var first = 0; first < units.Length; first++)
        {
            var (found, denies) = (new bool[weights.Length], false);
            for (var last = first; last < Math.Min(first + 3, units.Length); last++)
            {
                if (last > first && units[last].Span.End - units[first].Span.Start > Evidence.LongestQuote)
                    break;
                denies |= units[last].Denies;
                var covered = 0.0;
                for (var i = 0; i < weights.Length; i++)
                {
                    found[i] |= units[last].Terms.Contains(weights[i].Term);
                    covered += found[i] ? weights[i].Weight : weights[i].InContext ? 0.9 * weights[i].Weight : 0;
                }
                // A longer quote has to earn its length; one that disagrees in denying is only taken when nothing else fits.
                var score = (covered / total) - (0.06 * (last - first)) - (denies == claim.Denies ? 0 : 0.2);
                if (score > bestScore)
                    (best, bestScore) = (first..(last + 1), score);
            }
        }
        return units.IsEmpty ? new Unit(new(0, 0), [], Denies: false) : units[best].AsEnumerable().Aggregate((a, b) => a.With(b));
    }

    private double Covered(Claim claim, ImmutableHashSet<string> terms, ImmutableHashSet<string> context)
        => claim.Terms.Sum(t => terms.Contains(t) ? Weight(t) : context.Contains(t) ? 0.9 * Weight(t) : 0)
            / Math.Max(claim.Terms.Sum(Weight), double.Epsilon);

    private double Weight(string term)
        => Math.Log(1 + ((_units + 1.0) / (1 + _frequency.GetValueOrDefault(term)))) * (_question.Contains(term) ? QuestionWeight : 1);

    private sealed record Claim
    {
        public Claim(string sentence)
        {
            sentence = WithoutEnumerator(sentence);
            Terms = Cairn.Apps.Terms.Of(sentence);
            Denies = Cairn.Apps.Terms.Denies(sentence);
            // "one" is as often a pronoun as a number.
            Numbers = [.. Terms.Where(Cairn.Apps.Terms.IsNumber).Where(n => n != "1" || Cairn.Apps.Terms.WritesDigitOne(sentence))];
        }

        public ImmutableHashSet<string> Terms { get; }

        public bool Denies { get; }

        /// <summary>Every one of these has to stand in the evidence.</summary>
        public ImmutableArray<string> Numbers { get; }

        private static string WithoutEnumerator(string sentence)
        {
            var dot = sentence.AsSpan().IndexOfAnyExceptInRange('0', '9');
            return dot is > 0 and <= 2 && sentence[dot] is '.' or ')' ? sentence[(dot + 1)..] : sentence;
        }
    }
}
