using System.Text.Json;
using System.Text.RegularExpressions;
using Cairn.Learning;
using Cairn.Models;

namespace Cairn.Bench;

/// <summary>
/// What a cache by meaning would give wrongly, by distance: over a bank's customers' messages, where the same of 77 intents counts as the
/// same answer (generous: one intent has several), and over XQuAD's questions, each of which has an answer of its own, so that every hit is
/// wrong. The vectors are trained here, on other messages of the same bank: they show the measure at work without a model, and are weaker
/// than any embedding model's.
/// </summary>
internal sealed partial class SimilarSuite : ISuite
{
    private static readonly double[] Distances = [.01, .02, .05, .1, .15, .2, .3];

    public string Name => "similar";

    public async Task RunAsync(BenchOptions options)
    {
        await using var stream = File.OpenRead(Path.Combine(Pool.Data, "intents", "train.csv"));
        var frame = Frame.ReadCsv(stream);
        var (texts, categories) = (frame.Get<TextColumn>("text"), frame.Get<TextColumn>("category"));
        var messages = Enumerable.Range(0, frame.RowCount).Select(i => (Text: texts.TextOf(i), Answer: categories.TextOf(i))).ToArray();
        // In the order of the file one intent follows another; people ask them mixed.
        new Random(1).Shuffle(messages);
        var half = messages.Length / 2;
        var known = messages[..half].Select(m => Words(m.Text)).ToList();
        var vectors = SentenceVectors.Fit(CooccurrenceVectors.Train(known, seed: 1, new() { Dimensions = 200 },
            Vocabulary.Of(known, minCount: 2)), known);
        await MeasureAsync("intents",
            [.. messages[half..].Take(options.Quick ? 2_000 : half).Select(m => (vectors.Vector(Words(m.Text)), m.Answer))]);

        var questions = Questions();
        var paragraphs = questions.Select(q => Words(q)).ToList();
        var general = SentenceVectors.Fit(CooccurrenceVectors.Train(paragraphs, seed: 1, new() { Dimensions = 200 },
            Vocabulary.Of(paragraphs, minCount: 2)), paragraphs);
        await MeasureAsync("xquad", [.. questions.Select((q, i) => (general.Vector(Words(q)), $"{i}"))]);
    }

    private static async Task MeasureAsync(string set, IReadOnlyList<(float[] Vector, string Answer)> asked)
    {
        foreach (var trial in SimilarityTrial.Run(asked, Distances))
        {
            await Console.Error.WriteLineAsync(FormattableString.Invariant(
                $"{set}: distance {trial.Distance:0.##}: {trial.Hits} of {trial.Asked} given again ({(double)trial.Hits / trial.Asked:0.0%}), {trial.Wrong} of them wrong ({(trial.Hits == 0 ? 0 : (double)trial.Wrong / trial.Hits):0.0%})"));
            Bar.AtMost(FormattableString.Invariant($"similar.{set}.wrong-at-{trial.Distance:0.##}"), (double)trial.Wrong / trial.Asked,
                "share", .01);
        }
    }

    private static List<string> Questions()
    {
        using var set = JsonDocument.Parse(File.ReadAllText(Path.Combine(Pool.Data, "squad", "xquad.en.json")));
        return
        [
            .. from article in set.RootElement.GetProperty("data").EnumerateArray()
               from paragraph in article.GetProperty("paragraphs").EnumerateArray()
               from question in paragraph.GetProperty("qas").EnumerateArray()
               select question.GetProperty("question").GetString(),
        ];
    }

    private static string[] Words(string text) => [.. Word().Matches(text.ToLowerInvariant()).Select(m => m.Value)];

    [GeneratedRegex(@"[\p{L}\p{N}']+")]
    private static partial Regex Word();
}
