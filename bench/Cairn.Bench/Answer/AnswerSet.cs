using System.Collections.Immutable;
using System.Text.Json;
using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// The questions of XQuAD, retrieved as a workspace does from their paragraphs inside a pool of others. Each article is a source of its
/// own, so that "without the article" is a search of all other sources, with exactly their statistics.
/// </summary>
internal static class AnswerSet
{
    private const int Top = 10;
    private const string PoolSource = "pool";

    private static readonly Principal Caller = Principal.Owner();

    public static async Task<List<AnswerQuestion>> MakeAsync(IReadOnlyList<string> distractors, string language)
    {
        var (questions, paragraphs) = Read(language);
        var corpus = new MemoryCorpus();
        var documents = CairnPeer.Documents(distractors)
            .Concat(paragraphs.Select((p, i) => new DocumentPassages(Tenants.Default, $"document-{distractors.Count + i}",
                [PassageOf(distractors.Count + i, p.Text, Source(p.Article))])));
        foreach (var batch in documents.Chunk(5000))
            corpus.Put(batch);
        var articles = paragraphs.Select(p => p.Article).Distinct().ToList();
        var made = new List<AnswerQuestion>();
        foreach (var question in questions)
        {
            made.Add(question with
            {
                Paragraph = distractors.Count + question.Paragraph,
                With = await RetrieveAsync(corpus, question.Text, null),
                Without = await RetrieveAsync(corpus, question.Text,
                    [PoolSource, .. articles.Where(a => a != question.Article).Select(Source)]),
            });
        }
        return made;
    }

    private static (List<AnswerQuestion> Questions, List<(string Text, int Article)> Paragraphs) Read(string language)
    {
        var nothing = new Retrieval { Passages = [], DocumentsVisible = 0, PassagesVisible = 0, Terms = [] };
        var (questions, paragraphs) = (new List<AnswerQuestion>(), new List<(string, int)>());
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Pool.Data, "squad", $"xquad.{language}.json")));
        foreach (var (article, number) in json.RootElement.GetProperty("data").EnumerateArray().Select((a, i) => (a, i)))
        {
            foreach (var paragraph in article.GetProperty("paragraphs").EnumerateArray())
            {
                foreach (var qa in paragraph.GetProperty("qas").EnumerateArray())
                {
                    var answers = qa.GetProperty("answers").EnumerateArray().ToList();
                    questions.Add(new AnswerQuestion(
                        qa.GetProperty("question").GetString()!, number, paragraphs.Count,
                        [.. answers.Select(a => a.GetProperty("text").GetString()!)],
                        answers[0].GetProperty("answer_start").GetInt32()) { With = nothing, Without = nothing });
                }
                paragraphs.Add((paragraph.GetProperty("context").GetString()!, number));
            }
        }
        return (questions, paragraphs);
    }

    private static Task<Retrieval> RetrieveAsync(MemoryCorpus corpus, string question, ImmutableArray<string>? sources)
        => corpus.RetrieveAsync(Caller, new RetrievalQuery { Text = question, Top = Top, Sources = sources }, CancellationToken.None);

    private static string Source(int article) => $"article-{article}";

    private static Passage PassageOf(int id, string text, string source)
        => new()
        {
            Id = id, Document = $"document-{id}", Version = 1, Source = source, Path = $"document-{id}", Title = "", HeadingPath = "",
            Start = 0, End = text.Length,
            Text = text, Access = AccessSet.Everyone, Changed = DateTimeOffset.UnixEpoch,
        };
}
