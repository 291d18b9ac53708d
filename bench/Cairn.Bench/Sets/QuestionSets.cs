using System.Text.Json;

namespace Cairn.Bench;

/// <summary>Public sets with gold answers, read from <see cref="Pool.Data"/>.</summary>
internal static class QuestionSets
{
    /// <summary>SQuAD 1.1 paragraphs and their questions (https://github.com/google-deepmind/xquad).</summary>
    public static QuestionSet XQuad(string language = "en")
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Pool.Data, "squad", $"xquad.{language}.json")));
        var (passages, questions) = (new List<string>(), new List<Question>());
        foreach (var paragraph in json.RootElement.GetProperty("data").EnumerateArray()
            .SelectMany(a => a.GetProperty("paragraphs").EnumerateArray()))
        {
            foreach (var qa in paragraph.GetProperty("qas").EnumerateArray())
                questions.Add(new Question(qa.GetProperty("question").GetString()!, new HashSet<int> { passages.Count }));
            passages.Add(paragraph.GetProperty("context").GetString()!);
        }
        return new QuestionSet("xquad-" + language, passages, questions);
    }

    /// <summary>SQuAD sentences: line n of one file answers line n of the other; equal sentences are one passage.</summary>
    public static QuestionSet SquadSentences(int questions)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var passages = new List<string>();
        var all = new List<Question>();
        foreach (var (sentence, question) in File.ReadLines(Path.Combine(Pool.Data, "squad", "sentences-dev.txt"))
            .Zip(File.ReadLines(Path.Combine(Pool.Data, "squad", "questions-dev.txt"))))
        {
            if (places.TryAdd(sentence, passages.Count))
                passages.Add(sentence);
            all.Add(new Question(question, new HashSet<int> { places[sentence] }));
        }
        var step = Math.Max(1, all.Count / questions);
        return new QuestionSet("squad-sentences", passages, [.. all.Where((_, i) => i % step == 0).Take(questions)]);
    }

    /// <summary>Cranfield abstracts (title and text); a judgement over 0 counts as relevant; queries are numbered by their order.</summary>
    public static QuestionSet Cranfield()
    {
        var folder = Path.Combine(Pool.Data, "cranfield");
        var passages = Records(Path.Combine(folder, "cran.all.1400"))
            .Select(r => (r.GetValueOrDefault('T', "") + " " + r.GetValueOrDefault('W', "")).Trim()).ToList();
        var relevant = File.ReadLines(Path.Combine(folder, "cranqrel"))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(f => f.Length >= 3 && int.Parse(f[2]) > 0)
            .ToLookup(f => int.Parse(f[0]), f => int.Parse(f[1]) - 1);
        var questions = Records(Path.Combine(folder, "cran.qry"))
            .Select((r, i) => new Question(r['W'].Trim(), relevant[i + 1].ToHashSet()));
        return new QuestionSet("cranfield", passages, [.. questions.Where(q => q.Relevant.Count > 0)]);
    }

    private static IEnumerable<Dictionary<char, string>> Records(string path)
    {
        Dictionary<char, string>? record = null;
        var field = ' ';
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith(".I", StringComparison.Ordinal))
            {
                if (record is not null)
                    yield return record;
                record = [];
            }
            else if (line.Length == 2 && line[0] == '.')
            {
                field = line[1];
            }
            else if (record is not null)
            {
                record[field] = record.GetValueOrDefault(field, "") + " " + line;
            }
        }
        if (record is not null)
            yield return record;
    }
}
