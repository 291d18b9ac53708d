using Cairn.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Knowledge.Tests;

/// <summary>
/// The sample's questions are honest: their evidence stands where they say, and they do not use the documents' own words.
/// </summary>
public sealed class HarbourQuestionsTests(ITestOutputHelper output)
{
    /// <summary>Words that carry no content; English and German, as the questions are.</summary>
    private static readonly HashSet<string> Functional =
    [
        .. "a an the of in on at to for from by with and or but is are was were be been do does did have has had it its this that these those there their they them you we us our your my me as not no than then so such if into over under about after before between during through up down out off can could may might must shall should will would what which who whom whose when where why how much many der die das ein eine ist und wo wie".Split(' '),
    ];

    [Fact]
    public void There_are_150_of_which_half_are_held_out_of_every_kind()
    {
        var questions = HarbourQuestion.ReadAll();
        Assert.Equal(150, questions.Count);
        Assert.Equal(75, questions.Count(q => q.HeldOut));
        Assert.Equal(30, questions.Count(q => q.Kind == "two"));
        Assert.Equal(30, questions.Count(q => q.Kind == "none"));
        Assert.Equal(20, questions.Count(q => q.Kind == "rights"));
        Assert.All(questions.GroupBy(q => q.Kind), kind => Assert.Equal(kind.Count() / 2, kind.Count(q => q.HeldOut)));
        Assert.Equal(150, questions.Select(q => q.Question).Distinct().Count());
    }

    [Fact]
    public async Task Every_quote_stands_in_its_document_and_few_of_its_words_are_in_the_question()
    {
        var texts = await ExtractAsync();
        var absent = new List<string>();
        var overlaps = new List<double>();
        foreach (var question in HarbourQuestion.ReadAll().Where(q => q.Evidence.Length > 0))
        {
            var around = new HashSet<string>();
            foreach (var evidence in question.Evidence)
            {
                var text = texts[evidence.Path];
                if (new PlainWords(text).Find(evidence.Quote) is not var (start, end))
                {
                    absent.Add($"{question.Id}: \"{evidence.Quote}\" is not in {evidence.Path}");
                    continue;
                }
                if (question.HeldOut)
                    output.WriteLine($"{question.Id} {evidence.Path} [{start}..{end}]");
                around.UnionWith(PassageAround(text, start).Select(Stem));
            }
            var asked = PlainWords.Words(question.Question).Where(w => !Functional.Contains(w)).Select(Stem).ToHashSet();
            var overlap = asked.Count(around.Contains) / (double)asked.Count;
            overlaps.Add(overlap);
            if (question.HeldOut)
                output.WriteLine($"{question.Id} overlap {overlap:0.00}");
        }
        Assert.Empty(absent);
        overlaps.Sort();
        output.WriteLine($"median overlap {overlaps[overlaps.Count / 2]:0.000}");
        Assert.InRange(overlaps[overlaps.Count / 2], 0, 0.40);
    }

    [Fact]
    public async Task No_two_documents_are_nearly_the_same()
    {
        var texts = await ExtractAsync();
        var grams = texts.ToDictionary(t => t.Key, t => Grams(PlainWords.Words(t.Value)));
        var highest = (Similarity: 0.0, Pair: "");
        var names = grams.Keys.Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            for (var j = i + 1; j < names.Count; j++)
            {
                var (a, b) = (grams[names[i]], grams[names[j]]);
                if (a.Count == 0 || b.Count == 0)
                    continue;
                var shared = a.Count < b.Count ? a.Count(b.Contains) : b.Count(a.Contains);
                var similarity = shared / (double)(a.Count + b.Count - shared);
                if (similarity > highest.Similarity)
                    highest = (similarity, names[i] + " and " + names[j]);
            }
        }
        output.WriteLine($"{texts.Count} documents, highest 5-gram similarity {highest.Similarity:0.000}: {highest.Pair}");
        Assert.InRange(texts.Count, 80, 500);
        Assert.InRange(highest.Similarity, 0, 0.10);
    }

    private static async Task<Dictionary<string, string>> ExtractAsync()
    {
        if (ProgramPath.Find("pdftotext") is null)
            Assert.Skip("pdftotext is not installed");
        await using var services = new ServiceCollection().AddLogging().AddCairnSandbox()
            .AddCairnParsing(new ParserOptions { WorkerCommand = [Path.Combine(AppContext.BaseDirectory, "Cairn.Knowledge.ParserWorker")] })
            .BuildServiceProvider();
        var parser = services.GetRequiredService<IDocumentParser>();
        var texts = new Dictionary<string, string>();
        foreach (var file in Samples.Files())
        {
            var path = Path.GetRelativePath(Samples.Harbour, file);
            var head = new byte[512];
            await using (var stream = File.OpenRead(file))
                head = head[..await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false)];
            var format = parser.FormatOf(path, head);
            Assert.NotNull(format);
            try
            {
                texts[path] = (await parser.ParseAsync(file, path, format, CancellationToken.None)).Text;
            }
            catch (UnreadableFileException) when (path.EndsWith("-scan.pdf", StringComparison.Ordinal))
            {
                // The one scanned page has no text layer; no question rests on it.
            }
        }
        return texts;
    }

    /// <summary>About the passage that a chunker would make around an offset: 60 words before and after.</summary>
    private static IEnumerable<string> PassageAround(string text, int start)
        => PlainWords.Words(text[..start]).TakeLast(60).Concat(PlainWords.Words(text[start..]).Take(70));

    /// <summary>Takes the commonest endings off, so that an inflected word counts as the same word.</summary>
    private static string Stem(string word)
    {
        foreach (var ending in (string[])["ing", "ed", "es", "s", "e"])
        {
            if (word.Length > 4 && word.EndsWith(ending, StringComparison.Ordinal))
                return word[..^ending.Length];
        }
        return word;
    }

    private static HashSet<string> Grams(string[] words)
    {
        var grams = new HashSet<string>();
        for (var i = 0; i + 5 <= words.Length; i++)
            grams.Add(string.Join(' ', words, i, 5));
        return grams;
    }
}
