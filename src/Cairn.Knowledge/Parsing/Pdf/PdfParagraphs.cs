using System.Text.RegularExpressions;

namespace Cairn.Knowledge;

/// <summary>Joins lines into paragraphs by their height, their distance and where they begin and end.</summary>
internal sealed partial class PdfParagraphs(float bodyPitch)
{
    /// <summary>More than this many usual line distances apart is a new paragraph.</summary>
    private const float ParagraphGap = 1.22f;

    public List<PdfParagraph> Join(IEnumerable<(PdfLine Line, int Page)> lines)
    {
        var paragraphs = new List<PdfParagraph>();
        var (left, right) = (0f, 0f);
        foreach (var (line, page) in lines)
        {
            if (paragraphs.Count > 0 && GoesOn(paragraphs[^1], line, page, left, right))
            {
                paragraphs[^1].Lines.Add((line, page));
                (left, right) = page == paragraphs[^1].Page && line.X < right
                    ? (Math.Min(left, line.X), Math.Max(right, line.Right))
                    : (line.X, line.Right);
            }
            else
            {
                paragraphs.Add(new PdfParagraph(line, page));
                (left, right) = (line.X, line.Right);
            }
        }
        return paragraphs;
    }

    private bool GoesOn(PdfParagraph paragraph, PdfLine line, int page, float left, float right)
    {
        var last = paragraph.Last;
        if (Math.Abs(last.Height - line.Height) > 0.1f * last.Height || BeginsItem(last, line, left, right))
            return false;
        var turned = page != paragraph.LastPage || line.Y < last.Y - 1;
        if (turned)
            return line.Words[0].Text[0] is var first && (char.IsLower(first) || EndsOpen(last)) && !EndsSentence(last);
        if (last.Beside(line))
            return line.X - last.Right < line.Height * 3;
        var pitch = line.Y - last.Y;
        var usual = Math.Max(bodyPitch * last.Height / Math.Max(BodyHeight, 1), last.Height * 1.05f);
        if (pitch > usual * ParagraphGap || line.X > right)
            return false;
        var short1 = last.Right - left < (right - left) * 0.8f && paragraph.Lines.Count > 1;
        return !(short1 && EndsSentence(last))
            && !(line.X > left + line.Height && EndsSentence(last) && !ListMark().IsMatch(paragraph.First.Text));
    }

    /// <summary>A bullet always begins an item; a number or letter only where the line before has come to an end.</summary>
    private static bool BeginsItem(PdfLine last, PdfLine line, float left, float right)
        => ListMark().IsMatch(line.Text)
           && (!char.IsLetterOrDigit(line.Text.TrimStart('(')[0]) || last.Words[^1].Text[^1] is '.' or ':' or ';' or ',' or '!' or '?'
               || last.Right - left < (right - left) * 0.85f);

    public float BodyHeight { get; init; } = 10;

    private static bool EndsSentence(PdfLine line)
        => line.Words[^1].Text.TrimEnd('"', '\'', '”', '“', ')', '’')[^1..] is "." or "!" or "?" or ":";

    private static bool EndsOpen(PdfLine line) => line.Words[^1].Text[^1] is ',' or '-' || char.IsLower(line.Words[^1].Text[^1]);

    [GeneratedRegex(@"^([•◦▪‣·–*-]|\(?(\d{1,2}|[a-z])[.)]|\([ivx]+\))\s")]
    public static partial Regex ListMark();
}
