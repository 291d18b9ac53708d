namespace Cairn.Models;

/// <summary>How much the reply cache holds, and for how long; which routes use it is theirs to say.</summary>
public sealed record CacheDeclaration(long Bytes, TimeSpan Keep)
{
    public static CacheDeclaration Default { get; } = new(64 << 20, TimeSpan.FromHours(1));
}
