namespace Cairn.Models;

/// <summary>256 bits over a canonical request and what it may see.</summary>
public readonly record struct ReplyKey(ulong A, ulong B, ulong C, ulong D);
