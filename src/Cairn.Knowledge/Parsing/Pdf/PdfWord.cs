namespace Cairn.Knowledge;

/// <summary>A word with its rectangle, in points from the page's top left.</summary>
internal readonly record struct PdfWord(string Text, float X, float Y, float Right, float Bottom);
