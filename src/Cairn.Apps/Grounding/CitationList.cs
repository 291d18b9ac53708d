using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>Numbers the citations of an answer from 1, in the order they are met; the same place has one number.</summary>
internal sealed class CitationList
{
    private readonly List<Citation> _citations = [];

    /// <returns>The number.</returns>
    public int Add(Support support)
    {
        var (passage, from) = (support.Passage, support.Passage.First);
        var (start, end) = (passage.Start + support.Span.Start, passage.Start + support.Span.End);
        if (_citations.Find(c => c.Document == from.Document && c.Version == from.Version && c.Start == start && c.End == end) is { } known)
            return known.N;
        _citations.Add(new Citation
        {
            N = _citations.Count + 1,
            Document = from.Document,
            Version = from.Version,
            Source = from.Source,
            Path = from.Path,
            Title = from.Title,
            HeadingPath = from.HeadingPath,
            Page = from.Page,
            Start = start,
            End = end,
            Quote = support.Span.Of(passage.Text),
            Changed = from.Changed,
            Superseded = from.Superseded,
        });
        return _citations.Count;
    }

    public ImmutableArray<Citation> ToImmutable() => [.. _citations];
}
