namespace Cairn.Bench;

internal sealed record Found(IReadOnlyList<int> Passages, double Milliseconds);
