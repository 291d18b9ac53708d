namespace Cairn.Knowledge;

/// <summary>A passage by its database id, with its BM25 score.</summary>
public readonly record struct LexicalHit(long Passage, double Score);
