using System.Collections.Immutable;
using System.Text.Json;
using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// The questions of XQuAD, retrieved by the lexical index from their paragraphs inside a pool of others. Each article is a source of its
/// own, so that "without the article" is a search of all other sources, with exactly their statistics.
/// </summary>
internal static class AnswerSet
{
    private const int Top = 10;
    private const string PoolSource = "pool";

    private static readonly Principal Caller = Principal.Owner();

    public static List<AnswerQuestion> Make(IReadOnlyList<string> distractors, string folder, string language)
    {
        var (questions, paragraphs) = Read(language);
        var texts = distractors.Concat(paragraphs.Select(p => p.Text)).ToList();
        LexicalIndex.Delete(folder);
        var index = LexicalIndex.Open(folder);
        var documents = CairnPeer.Documents(distractors)
            .Concat(paragraphs.Select((p, i) => new DocumentPassages(Tenants.Default, $"paragraph-{i}", [PassageOf(distractors.Count + i, texts, Source(p.Article))])));
        foreach (var batch in documents.Chunk(1000))
            index.Apply(batch);
        index.Commit(1);
        index.MergeAll();
        index.Commit(2);
        var articles = paragraphs.Select(p => p.Article).Distinct().ToList();
        var all = index.Scope(Caller);
        var others = articles.ToDictionary(a => a, a => index.Scope(Caller, [PoolSource, .. articles.Where(o => o != a).Select(Source)]));
        return
        [
            .. questions.Select(q => q with
            {
                Paragraph = distractors.Count + q.Paragraph,
                With = Retrieve(index, all, q.Text, texts),
                Without = Retrieve(index, others[q.Article], q.Text, texts),
            }),
        ];
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
                        qa.GetProperty("question").GetString()!, number, paragraphs.Count, [.. answers.Select(a => a.GetProperty("text").GetString()!)],
                        answers[0].GetProperty("answer_start").GetInt32()) { With = nothing, Without = nothing });
                }
                paragraphs.Add((paragraph.GetProperty("context").GetString()!, number));
            }
        }
        return (questions, paragraphs);
    }

    private static Retrieval Retrieve(LexicalIndex index, IndexScope scope, string question, List<string> texts)
    {
        var query = LexicalQuery.Parse(question);
        var hits = index.Search(scope, query, Top);
        var total = hits.Weights.Sum();
        return new Retrieval
        {
            Passages = [.. hits.Hits.Select(h => new RetrievedPassage(PassageOf((int)h.Passage, texts, PoolSource), h.Score, ImmutableDictionary<string, double>.Empty))],
            DocumentsVisible = scope.Documents,
            PassagesVisible = scope.Passages,
            Terms = [.. query.Terms.Select((t, i) => new QueryTerm(t.Typed, t.Indexed, hits.Found[i], hits.Weights[i] / total))],
        };
    }

    private static string Source(int article) => $"article-{article}";

    private static Passage PassageOf(int id, List<string> texts, string source)
        => new()
        {
            Id = id, Document = $"document-{id}", Version = 1, Source = source, Path = $"document-{id}", Title = "", HeadingPath = "", Start = 0, End = texts[id].Length,
            Text = texts[id], Access = AccessSet.Everyone, Changed = DateTimeOffset.UnixEpoch,
        };
}
