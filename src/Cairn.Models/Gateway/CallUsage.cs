namespace Cairn.Models;

/// <summary>Tokens of one attempt, as the provider reports them.</summary>
/// <param name="Input">All input tokens, those read from and written to the provider's prompt cache included.</param>
/// <param name="CacheRead">The part of <paramref name="Input"/> that the provider had in its cache.</param>
/// <param name="CacheWrite">The part of <paramref name="Input"/> that the provider put into its cache.</param>
/// <param name="Output">All output tokens, reasoning included.</param>
/// <param name="Reasoning">The part of <paramref name="Output"/> that was reasoning.</param>
public readonly record struct CallUsage(long Input, long CacheRead, long CacheWrite, long Output, long Reasoning);
