namespace Cairn.Knowledge;

/// <summary>Words that stand beside each other without a column's gap between them.</summary>
internal sealed class PdfLine(List<PdfWord> words)
{
    public List<PdfWord> Words { get; } = words;

    public float X { get; } = words.Min(w => w.X);

    public float Y { get; } = words.Min(w => w.Y);

    public float Right { get; } = words.Max(w => w.Right);

    public float Bottom { get; } = words.Max(w => w.Bottom);

    public float Height => Bottom - Y;

    public float Width => Right - X;

    public string Text => string.Join(' ', Words.Select(w => w.Text));

    public bool Beside(PdfLine other) => Math.Min(Bottom, other.Bottom) - Math.Max(Y, other.Y) > Math.Min(Height, other.Height) / 2;
}
