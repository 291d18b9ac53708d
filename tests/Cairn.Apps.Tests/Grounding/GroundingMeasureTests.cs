using System.Globalization;
using System.Text.RegularExpressions;

namespace Cairn.Apps.Tests;

/// <summary>
/// How well support is told from its absence, on sentences of the sample's papers. The bars are a little under what was measured.
/// </summary>
public sealed class GroundingMeasureTests
{
    private const int Cases = 120;

    private static readonly List<string> Texts = [.. Directory.GetFiles(Path.Combine(Checkout.Root, "samples/harbour"), "*.md",
        SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static readonly List<(int Paper, Passage Passage)> Passages =
        [.. Texts.SelectMany((text, paper) => text.Chunk(800)
            .Select((piece, i) => (paper, Papers.Passage($"paper{paper}", new string(piece), i * 800))))];

    [Fact]
    public void A_sentence_is_carried_by_its_own_passage()
        => Assert.InRange(Share((sentence, _) => sentence, other: false), 0.98, 1);

    [Fact]
    public void A_sentence_is_not_carried_by_another_paper()
        => Assert.InRange(Share((sentence, _) => sentence, other: true), 0, 0.01);

    [Fact]
    public void A_sentence_with_other_numbers_is_not_carried()
        => Assert.InRange(Share((sentence, _) => Regex.Replace(sentence, @"\d{1,8}",
            m => (int.Parse(m.Value, CultureInfo.InvariantCulture) + 3).ToString(CultureInfo.InvariantCulture)), other: false,
            s => s.Any(char.IsDigit)), 0, 0.08);

    [Fact]
    public void A_sentence_that_says_the_opposite_is_not_carried()
        => Assert.InRange(Share((sentence, _) => Regex.Replace(sentence, @"\b(is|are|must|may|has|have|was|be)\b", "$1 not"), other: false,
            s => !Terms.Denies(s) && Regex.IsMatch(s, @"\b(is|are|must|may|has|have|was|be)\b")), 0, 0.12);

    /// <summary>The share of changed sentences that count as carried by the passage that they come from, or by another paper's.</summary>
    private static double Share(Func<string, Random, string> change, bool other, Func<string, bool>? which = null)
    {
        var random = new Random(1);
        var (carried, all) = (0, 0);
        while (all < Cases)
        {
            var (paper, passage) = Passages[random.Next(Passages.Count)];
            var sentences = TextSpan.SentencesOf(passage.Text).Select(s => s.Of(passage.Text))
                .Where(s => Terms.Of(s).Count is >= 5 and < 25 && (which is null || which(s))).ToList();
            if (sentences.Count == 0)
                continue;
            var claim = change(sentences[random.Next(sentences.Count)], random);
            var others = Passages.Where(p => p.Paper != paper).ToList();
            var evidence = ContextPacker.Pack(Papers.Retrieval(other ? others[random.Next(others.Count)].Passage : passage,
                others[random.Next(others.Count)].Passage));
            var grounded = new Grounder(evidence, "what").Ground(claim, [new Marker(claim.Length, [1])], UnsupportedSentences.Mark);
            carried += grounded.Sentences.All(s => s.Supported) ? 1 : 0;
            all++;
        }
        return (double)carried / all;
    }
}
