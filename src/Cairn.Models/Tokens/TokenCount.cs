namespace Cairn.Models;

/// <param name="IsEstimate">True when neither the provider nor a tokenizer counted.</param>
public readonly record struct TokenCount(long Tokens, bool IsEstimate);
