namespace Cairn.Models;

/// <summary>How much the calls of a scope, or those to a provider or one of its models, may take in any minute, and at once.</summary>
public sealed record LimitRule
{
    /// <summary>null for a provider's.</summary>
    public CallScope? For { get; init; }

    /// <summary><c>openai</c>, or <c>openai/gpt-x</c> for one of its models; null for the callers'.</summary>
    public string? Provider { get; init; }

    /// <summary>Each caller in the scope has this much for themselves; otherwise all of them together.</summary>
    public bool Each { get; init; }

    /// <summary>Per minute.</summary>
    public int? Requests { get; init; }

    /// <summary>Tokens per minute.</summary>
    public int? Input { get; init; }

    /// <summary>Tokens per minute.</summary>
    public int? Output { get; init; }

    /// <summary>At once.</summary>
    public int? Concurrent { get; init; }

    /// <summary>For people: <c>user:ann</c>.</summary>
    public string Name => For?.Text ?? $"provider:{Provider}";
}
