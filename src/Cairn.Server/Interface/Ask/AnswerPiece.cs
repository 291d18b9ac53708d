using System.Collections.Immutable;

namespace Cairn.Server;

/// <summary>A stretch of an answer's text: a sentence with its citations, or what stands between two sentences.</summary>
internal sealed record AnswerPiece(string Text, AnswerSentence? Sentence)
{
    /// <summary>Cuts the text at its sentences. Everything of the text is in exactly one piece, whatever the offsets say.</summary>
    public static ImmutableArray<AnswerPiece> Of(Answer answer)
    {
        var pieces = ImmutableArray.CreateBuilder<AnswerPiece>();
        var at = 0;
        foreach (var sentence in answer.Sentences.OrderBy(s => s.Start))
        {
            var start = Math.Clamp(sentence.Start, at, answer.Text.Length);
            var end = Math.Clamp(sentence.End, start, answer.Text.Length);
            if (start > at)
                pieces.Add(new AnswerPiece(answer.Text[at..start], null));
            if (end > start)
                pieces.Add(new AnswerPiece(answer.Text[start..end], sentence));
            at = end;
        }
        if (at < answer.Text.Length)
            pieces.Add(new AnswerPiece(answer.Text[at..], null));
        return pieces.ToImmutable();
    }
}
