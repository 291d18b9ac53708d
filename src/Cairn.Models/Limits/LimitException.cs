namespace Cairn.Models;

/// <summary>A call found no place within its time. Over HTTP 429 with <c>Retry-After</c>.</summary>
public sealed class LimitException(string code, string message, TimeSpan retryAfter)
    : CairnException(ErrorKind.Environment, code, message,
        "Send it again later or less at once; the owner can change it in cairn.yaml under limits.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
