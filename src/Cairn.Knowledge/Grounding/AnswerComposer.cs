using System.Collections.Immutable;
using System.Text;

namespace Cairn.Knowledge;

/// <summary>Joins chosen units into a text of sentences, each with its citation.</summary>
internal sealed class AnswerComposer
{
    private readonly StringBuilder _text = new();
    private readonly ImmutableArray<AnswerSentence>.Builder _sentences = ImmutableArray.CreateBuilder<AnswerSentence>();
    private readonly ImmutableArray<Citation>.Builder _citations = ImmutableArray.CreateBuilder<Citation>();

    public string Text => _text.ToString();

    public ImmutableArray<AnswerSentence> Sentences => _sentences.ToImmutable();

    public ImmutableArray<Citation> Citations => _citations.ToImmutable();

    /// <returns>What the text grew by.</returns>
    public string Add(Candidate candidate)
    {
        var before = _text.Length;
        if (before > 0)
            _text.Append(candidate.Text.Contains(" | ", StringComparison.Ordinal) ? '\n' : ' ');
        var start = _text.Length;
        _text.Append(ReadableText.Of(candidate.Text));
        _citations.Add(Cite(candidate, _citations.Count + 1));
        _sentences.Add(new AnswerSentence { Start = start, End = _text.Length, Citations = [_citations.Count] });
        return _text.ToString(before, _text.Length - before);
    }

    private static Citation Cite(Candidate candidate, int number)
    {
        var passage = candidate.Passage.Passage;
        return new Citation
        {
            N = number,
            Document = passage.Document,
            Version = passage.Version,
            Source = passage.Source,
            Path = passage.Path,
            Title = passage.Title,
            HeadingPath = passage.HeadingPath,
            Page = passage.Page,
            Start = passage.Start + candidate.Unit.Start,
            End = passage.Start + candidate.Unit.End,
            Quote = candidate.Text,
            Changed = passage.Changed,
            Superseded = passage.Superseded,
        };
    }
}
