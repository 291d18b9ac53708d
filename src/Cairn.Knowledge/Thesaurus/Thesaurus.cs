using System.Collections.Frozen;
using System.Reflection;

namespace Cairn.Knowledge;

/// <summary>
/// Words that people use for each other, from the lists beside this file. A line of <c>forms.txt</c> is one word in forms that no stemmer
/// brings together. A line elsewhere is a word or phrase and what stands for it (<c>fee charge price</c>), or, with a colon, a kind and its
/// examples (<c>vehicle: lorry van</c>), which stand for the kind and not for each other. What stands for a phrase (<c>hand_in submit
/// file</c>) is not led back to it. Lists are general: none is about one company's papers.
/// </summary>
internal static class Thesaurus
{
    /// <summary>Phrases have so many words at most.</summary>
    public const int MostWords = 4;

    private const double Form = 0.9;
    private const double Synonym = 0.6;
    private const double SynonymOfSynonym = 0.3;
    private const double Example = 0.4;

    // A phrase's content word says only part of what the phrase says.
    private const double OfPhrase = 0.5;

    private static readonly Lazy<FrozenDictionary<string, RelatedTerm[]>> Entries = new(Read);

    /// <summary>What is used for a word or phrase (its index terms, parted by spaces), the most alike first; none for most.</summary>
    public static IReadOnlyList<RelatedTerm> Of(string key) => Entries.Value.GetValueOrDefault(key, []);

    private static FrozenDictionary<string, RelatedTerm[]> Read()
    {
        var entries = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains(".Thesaurus.", StringComparison.Ordinal)))
        {
            using var lines = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var areForms = name.EndsWith("forms.txt", StringComparison.Ordinal);
            while (lines.ReadLine() is { } line)
            {
                if (line.Length > 0 && line[0] != '#')
                    Add(entries, line, areForms);
            }
        }
        return entries.ToFrozenDictionary(
            e => e.Key,
            e => e.Value.Select(r => new RelatedTerm(r.Key, r.Value)).OrderByDescending(r => r.Likeness)
                .ThenBy(r => r.Term, StringComparer.Ordinal).ToArray(),
            StringComparer.Ordinal);
    }

    private static void Add(Dictionary<string, Dictionary<string, double>> entries, string line, bool areForms)
    {
        var areExamples = line.Contains(':', StringComparison.Ordinal);
        var words = line.Replace(':', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ThesaurusWord.Of).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            for (var j = 0; j < words.Count; j++)
            {
                var withHead = i == 0 || j == 0;
                if (words[j].Term is not { } term || term == words[i].Key || (areExamples && !withHead) || (words[0].IsPhrase && i > 0))
                    continue;
                var likeness = areForms ? Form : areExamples ? Example : withHead ? Synonym : SynonymOfSynonym;
                if (!entries.TryGetValue(words[i].Key, out var related))
                    entries.Add(words[i].Key, related = new(StringComparer.Ordinal));
                related[term] = Math.Max(related.GetValueOrDefault(term), words[j].IsPhrase ? likeness * OfPhrase : likeness);
            }
        }
    }
}
