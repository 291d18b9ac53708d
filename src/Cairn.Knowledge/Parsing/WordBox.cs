namespace Cairn.Knowledge;

/// <summary>Where a word stands: UTF-16 offsets into the extracted text and its rectangle in points from the page's top left.</summary>
public readonly record struct WordBox(int Start, int End, int Page, float X, float Y, float W, float H);
