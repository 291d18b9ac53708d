using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// A provider could not answer. The message begins with who (<c>local/llama: no answer within 30 s</c>), so that it can stand as the
/// reason of a degraded answer. Codes: <c>provider.timeout, provider.unreachable, provider.closed, provider.html, provider.malformed,
/// provider.key, provider.model, provider.limited, provider.overloaded, provider.redirect, provider.failed, provider.resting,
/// provider.missing, provider.refused</c> (the provider calls the request wrong), <c>provider.unsupported</c> (it cannot do what a
/// parameter asks for) and
/// <c>provider.context</c> (the call does not fit the model's context window).
/// </summary>
public sealed class ProviderFailureException(string code, string who, string what, string fix, Exception? inner = null)
    : CairnException(code is "provider.refused" or "provider.unsupported" or "provider.context" ? ErrorKind.Input : ErrorKind.Environment,
        code, $"{who}: {what}", fix, inner)
{
    /// <summary>What tries of the same attempt used before this one failed: they were answered, and are billed. null without any.</summary>
    internal UsageDetails? Spent { get; private set; }

    internal void Add(UsageDetails spent) => (Spent ??= new()).Add(spent);

    /// <summary>The HTTP status that the provider answered with; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>How long the provider asks to wait; null when it says nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where another try makes sense before anything of the answer is out.</summary>
    public RetryScope Retry { get; init; } = code switch
    {
        "provider.refused" => RetryScope.Nowhere,
        "provider.key" or "provider.model" or "provider.redirect" or "provider.missing" or "provider.resting" or "provider.html"
            or "provider.unsupported" or "provider.context"
            => RetryScope.Elsewhere,
        _ => RetryScope.Again,
    };
}
