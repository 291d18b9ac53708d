namespace Cairn.Learning;

/// <summary>One part of a cross-validation: the rows to learn from and those to judge by.</summary>
public sealed record Fold(int[] Train, int[] Test);
