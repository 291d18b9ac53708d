using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Makes one response of a stream's updates.</summary>
internal static class ChatUpdates
{
    /// <summary>
    /// As Microsoft.Extensions.AI does it, and with the log probabilities of all updates, of which that would keep the last.
    /// </summary>
    public static async Task<ChatResponse> CollectAsync(
        this IAsyncEnumerable<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        var all = new List<ChatResponseUpdate>();
        await foreach (var update in updates.WithCancellation(cancellationToken))
            all.Add(update);
        var response = all.ToChatResponse();
        var logprobs = all.Select(u => u.AdditionalProperties?.GetValueOrDefault(CallParameters.Logprobs)).OfType<JsonElement>()
            .SelectMany(l => l.Items("content")).ToList();
        if (logprobs.Count > 0)
            (response.AdditionalProperties ??= [])[CallParameters.Logprobs] = JsonElement.Parse(
                $"{{\"content\":[{string.Join(',', logprobs.Select(l => l.GetRawText()))}],\"refusal\":null}}");
        return response;
    }
}
