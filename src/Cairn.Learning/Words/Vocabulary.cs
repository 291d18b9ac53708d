using System.Runtime.InteropServices;

namespace Cairn.Learning;

/// <summary>The words of a corpus, most frequent first (ties by ordinal order), each with a number and how often it occurs.</summary>
public sealed class Vocabulary
{
    private readonly Dictionary<string, int> ids;
    private readonly string[] words;
    private readonly long[] counts;

    private Vocabulary(string[] words, long[] counts)
    {
        this.words = words;
        this.counts = counts;
        ids = words.Select((word, id) => (word, id)).ToDictionary(p => p.word, p => p.id, StringComparer.Ordinal);
        Total = counts.Sum();
    }

    /// <summary>Counts the words of sentences; rarer ones than <paramref name="minCount"/> and those beyond <paramref name="maxSize"/> are
    /// left out.</summary>
    /// <exception cref="ArgumentException">No word is left.</exception>
    public static Vocabulary Of(IEnumerable<IReadOnlyList<string>> sentences, int minCount = 5, int maxSize = 200_000)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var sentence in sentences)
        {
            foreach (var word in sentence)
                CollectionsMarshal.GetValueRefOrAddDefault(seen, word, out _)++;
        }
        var kept = seen.Where(w => w.Value >= minCount).OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal)
            .Take(maxSize).ToList();
        if (kept.Count == 0)
            throw new ArgumentException(
                $"Of {seen.Count} different words none occurs {minCount} times; lower the least count or give more text.",
                nameof(sentences));
        return new Vocabulary([.. kept.Select(w => w.Key)], [.. kept.Select(w => w.Value)]);
    }

    public int Count => words.Length;

    /// <summary>All occurrences of all words.</summary>
    public long Total { get; }

    public string Word(int id) => words[id];

    /// <summary>The word's number, or -1.</summary>
    public int Id(string word) => ids.GetValueOrDefault(word, -1);

    public long Occurrences(int id) => counts[id];

    /// <summary>The numbers of a sentence's words; words that are not in the vocabulary are left out.</summary>
    public int[] Ids(IReadOnlyList<string> sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        var known = new List<int>(sentence.Count);
        for (var i = 0; i < sentence.Count; i++)
        {
            if (ids.TryGetValue(sentence[i], out var id))
                known.Add(id);
        }
        return [.. known];
    }
}
