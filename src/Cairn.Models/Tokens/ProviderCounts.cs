using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Asks providers that count themselves: those that speak Anthropic's <c>messages/count_tokens</c>.</summary>
internal sealed class ProviderCounts(IUpstreams upstreams, TimeProvider time)
{
    private const int UsualOutput = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What the address takes (https://docs.anthropic.com/en/api/messages-count-tokens); it refuses the rest of a message's fields.
    /// </summary>
    private static readonly string[] Counted = ["model", "messages", "system", "tools", "tool_choice", "thinking"];

    /// <inheritdoc cref="ProviderTokenCount"/>
    /// <returns>null also when the provider does not answer in time: then the count is an estimate, and the call itself will say what is
    /// wrong.</returns>
    public async ValueTask<long?> CountAsync(
        ModelName model, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var upstream = upstreams.Open(model);
            if (!upstream.Speaks(WireProtocol.AnthropicCountTokens))
                return null;
            using var content = new ByteArrayContent(Body(model, messages, options));
            content.Headers.ContentType = new("application/json");
            using var response = await upstream.SendAsync(WireProtocol.AnthropicCountTokens, content, both.Token);
            if (!response.IsSuccessStatusCode)
                return null;
            using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(both.Token),
                cancellationToken: both.Token);
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("input_tokens", out var tokens)
                && tokens.TryGetInt64(out var count) ? count : null;
        }
        catch (Exception e) when (e is CairnException or HttpRequestException or IOException or JsonException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static byte[] Body(ModelName model, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        using var whole = JsonDocument.Parse(AnthropicBody.Write(model.ToString(), model.Model, UsualOutput, messages, options));
        return WireJson.ToBytes(json =>
        {
            foreach (var field in whole.RootElement.EnumerateObject().Where(f => Counted.Contains(f.Name)))
                field.WriteTo(json);
        });
    }
}
