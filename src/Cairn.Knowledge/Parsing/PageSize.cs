namespace Cairn.Knowledge;

/// <summary>A page of a PDF: number from 1, size in points, and the offsets of its text.</summary>
public sealed record PageSize(int Number, double Width, double Height, int Start, int End);
