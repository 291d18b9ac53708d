using System.Text.Json;
using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>A question about the company's papers. <see cref="Evidence"/>: where in which paper it is answered (UTF-16 offsets).</summary>
internal sealed record CompanyQuestion(
    string Id, string Text, string Kind, bool IsAnswerable, bool HeldOut, Principal Asker,
    IReadOnlyList<(string Path, int Start, int End)> Evidence)
{
    public static List<CompanyQuestion> ReadAll(CompanyPapers papers, string file)
    {
        var questions = new List<CompanyQuestion>();
        foreach (var line in File.ReadLines(file))
        {
            using var json = JsonDocument.Parse(line);
            var (q, asker) = (json.RootElement, json.RootElement.GetProperty("as"));
            questions.Add(new CompanyQuestion(
                q.GetProperty("id").GetString()!, q.GetProperty("question").GetString()!, q.GetProperty("kind").GetString()!,
                q.GetProperty("expect").GetString() == "answered", q.GetProperty("heldOut").GetBoolean(),
                new Principal
                {
                    Tenant = Tenants.Default,
                    User = asker.GetProperty("user").GetString()!,
                    Groups = [.. asker.GetProperty("groups").EnumerateArray().Select(g => g.GetString()!)],
                    Roles = [Roles.Member],
                },
                [.. q.GetProperty("evidence").EnumerateArray()
                    .Select(e => Find(papers, e.GetProperty("path").GetString()!, e.GetProperty("quote").GetString()!))]));
        }
        return questions;
    }

    public bool IsAt(Passage passage, int start, int end)
        => Evidence.Any(e => e.Path == passage.Path && passage.Start + start < e.End && e.Start < passage.Start + end);

    /// <summary>A quote's place; white space and markup aside.</summary>
    private static (string, int, int) Find(CompanyPapers papers, string path, string quote)
    {
        var text = papers.Texts[path];
        var letters = Enumerable.Range(0, text.Length).Where(i => char.IsLetterOrDigit(text[i])).ToList();
        var at = string.Concat(letters.Select(i => text[i]))
            .IndexOf(string.Concat(quote.Where(char.IsLetterOrDigit)), StringComparison.OrdinalIgnoreCase);
        return at < 0
            ? throw new BenchException($"\"{quote}\" is not in {path}.")
            : (path, letters[at], letters[at + quote.Count(char.IsLetterOrDigit) - 1] + 1);
    }
}
