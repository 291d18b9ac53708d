using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>A passage cut into sentences, with the terms of each, and those of its title and headings.</summary>
internal sealed class Evidence
{
    public const int LongestQuote = 700;

    public Evidence(PackedPassage passage)
    {
        Passage = passage;
        Units = [.. TextSpan.SentencesOf(passage.Text).SelectMany(s => Shorten(s, passage.Text))
            .Select(s => new Unit(s, Terms.Of(s.Of(passage.Text)), Terms.Denies(s.Of(passage.Text))))];
        Context = Terms.Of(passage.First.Title + " " + passage.First.HeadingPath);
    }

    public PackedPassage Passage { get; }

    public ImmutableArray<Unit> Units { get; }

    public ImmutableHashSet<string> Context { get; }

    /// <summary>A "sentence" without a full stop for a page is cut at spaces, so that a quote stays one to look at.</summary>
    private static IEnumerable<TextSpan> Shorten(TextSpan sentence, string text)
    {
        var start = sentence.Start;
        while (sentence.End - start > LongestQuote)
        {
            var space = text.LastIndexOf(' ', start + LongestQuote - 1, LongestQuote / 2);
            var end = space > start ? space : start + LongestQuote;
            if (char.IsLowSurrogate(text[end]))
                end--;
            yield return new(start, end);
            start = end;
            while (start < sentence.End && char.IsWhiteSpace(text[start]))
                start++;
        }
        if (start < sentence.End)
            yield return new(start, sentence.End);
    }
}
