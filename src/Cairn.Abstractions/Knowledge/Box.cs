namespace Cairn.Abstractions;

/// <summary>A rectangle on a page, in points (1/72 inch), origin at the page's top left. Pages count from 1.</summary>
public sealed record Box(int Page, double X, double Y, double W, double H);
