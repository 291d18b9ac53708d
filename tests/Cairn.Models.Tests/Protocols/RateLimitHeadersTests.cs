namespace Cairn.Models.Tests;

public sealed class RateLimitHeadersTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("x-ratelimit-limit-requests", "60", "anthropic-ratelimit-requests-limit", "60")]
    [InlineData("X-RateLimit-Remaining-Tokens", "149984", "anthropic-ratelimit-tokens-remaining", "149984")]
    [InlineData("x-ratelimit-reset-requests", "1s", "anthropic-ratelimit-requests-reset", "2026-03-01T12:00:01Z")]
    [InlineData("x-ratelimit-reset-tokens", "6m0s", "anthropic-ratelimit-tokens-reset", "2026-03-01T12:06:00Z")]
    [InlineData("x-ratelimit-reset-tokens", "1h2m3.5s", "anthropic-ratelimit-tokens-reset", "2026-03-01T13:02:03Z")]
    [InlineData("x-ratelimit-reset-tokens", "20ms", "anthropic-ratelimit-tokens-reset", "2026-03-01T12:00:00Z")]
    [InlineData("x-ratelimit-reset-tokens", "90", "anthropic-ratelimit-tokens-reset", "2026-03-01T12:01:30Z")]
    public void An_Anthropic_client_reads_OpenAI_s_limits(string name, string value, string own, string told)
        => Assert.Equal(new(own, told), RateLimitHeaders.For(WireProtocol.AnthropicMessages, name, value, Now));

    [Theory]
    [InlineData("anthropic-ratelimit-requests-limit", "50", "x-ratelimit-limit-requests", "50")]
    [InlineData("anthropic-ratelimit-tokens-remaining", "0", "x-ratelimit-remaining-tokens", "0")]
    [InlineData("anthropic-ratelimit-requests-reset", "2026-03-01T12:00:12Z", "x-ratelimit-reset-requests", "12s")]
    [InlineData("anthropic-ratelimit-requests-reset", "2026-03-01T13:01:00.250Z", "x-ratelimit-reset-requests", "1h1m0.25s")]
    [InlineData("anthropic-ratelimit-tokens-reset", "2026-03-01T11:59:00Z", "x-ratelimit-reset-tokens", "0s")]
    public void An_OpenAI_client_reads_Anthropic_s_limits(string name, string value, string own, string told)
        => Assert.Equal(new(own, told), RateLimitHeaders.For(WireProtocol.OpenAiResponses, name, value, Now));

    [Theory]
    [InlineData(WireProtocol.OpenAiChat, "x-ratelimit-reset-tokens", "6m0s")]
    [InlineData(WireProtocol.AnthropicMessages, "anthropic-ratelimit-requests-reset", "2026-03-01T12:00:12Z")]
    [InlineData(WireProtocol.OpenAiChat, "anthropic-ratelimit-input-tokens-remaining", "7")]
    [InlineData(WireProtocol.AnthropicMessages, "x-ratelimit-reset-tokens", "soon")]
    [InlineData(WireProtocol.AnthropicMessages, "x-ratelimit-reset-tokens", "999999999h")]
    [InlineData(WireProtocol.OpenAiChat, "anthropic-ratelimit-tokens-reset", "soon")]
    [InlineData(WireProtocol.AnthropicMessages, "x-ratelimit-reset", "1700000000000")]
    public void What_the_client_knows_or_nobody_can_translate_stays_as_it_came(WireProtocol caller, string name, string value)
        => Assert.Equal(new(name, value), RateLimitHeaders.For(caller, name, value, Now));
}
