namespace Cairn.Models;

/// <summary>How long a provider may take: to accept a connection, to the first token, between two tokens, and in all.</summary>
public sealed record TimeLimits(TimeSpan Connect, TimeSpan FirstToken, TimeSpan BetweenTokens, TimeSpan Total)
{
    public static TimeLimits Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20),
        TimeSpan.FromSeconds(120));
}
