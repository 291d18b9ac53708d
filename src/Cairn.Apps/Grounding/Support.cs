namespace Cairn.Apps;

/// <summary>Where in a passage a sentence rests, and how much of its meaning is found there (0 to 1).</summary>
internal sealed record Support(PackedPassage Passage, TextSpan Span, double Coverage);
