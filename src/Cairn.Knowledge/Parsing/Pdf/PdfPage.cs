namespace Cairn.Knowledge;

internal sealed record PdfPage(int Number, double Width, double Height, List<PdfLine> Lines);
