namespace Cairn.Learning;

public sealed record DiagramEdge(int From, int To, string? Label = null);
