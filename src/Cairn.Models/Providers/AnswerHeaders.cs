using System.Net.Http.Headers;

namespace Cairn.Models;

/// <summary>
/// The headers of the answer that a translated call got: Microsoft.Extensions.AI has no place for them, and a provider's limits are for the
/// caller. Whoever opens the call listens; the provider's client, somewhere below, says what came.
/// </summary>
internal sealed class AnswerHeaders
{
    private static readonly AsyncLocal<AnswerHeaders?> Listening = new();

    /// <summary>null until an answer came.</summary>
    public HttpResponseHeaders? Value { get; private set; }

    /// <summary>Hears of the answers to what the calling method asks from here on; a later one replaces an earlier.</summary>
    public static AnswerHeaders Listen() => Listening.Value = new();

    public static void Came(HttpResponseHeaders headers)
    {
        if (Listening.Value is { } listening)
            listening.Value = headers;
    }
}
