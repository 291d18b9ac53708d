namespace Cairn.Bench;

internal sealed record Question(string Text, IReadOnlySet<int> Relevant);
