using System.Text;
using System.Text.Json;
using Cairn.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class OpenAiUpstreamTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_body_passes_through_with_key_headers_and_query_and_the_status_comes_back_whatever_it_is()
    {
        var seen = "";
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            seen = $"{c.Request.Path}{c.Request.QueryString} {c.Request.Headers["api-key"]} {c.Request.Headers["x-mine"]}";
            c.Response.StatusCode = 429;
            return c.Response.WriteAsync("as it is");
        });
        var connection = new ProviderConnection
        {
            Provider = "azure",
            BaseUrl = endpoint.BaseUrl.AbsoluteUri,
            Headers = [new("api-key", "k")],
            Query = [new("api-version", "2024-10-21")],
            Http = Connections.To(endpoint.BaseUrl, _time).Http,
        };
        var body = new ByteArrayContent("""{"model":"m","unknown":1}"""u8.ToArray());
        body.Headers.TryAddWithoutValidation("x-mine", "yes");
        using var response = await new OpenAiKind().Open(connection, "m").SendAsync(WireProtocol.OpenAiChat, body, CancellationToken.None);
        Assert.Equal((429, "as it is"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("/v1/chat/completions?api-version=2024-10-21 k yes", seen);
        Assert.Equal("""{"model":"m","unknown":1}""", endpoint.Bodies.Single());
    }

    [Fact]
    public async Task The_headers_are_there_before_the_body_ends()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            await FakeEndpoint.SendAsync(c, "data: 1\n\n");
            await FakeEndpoint.HangAsync(c);
        });
        using var stop = new CancellationTokenSource();
        var upstream = new OpenAiKind().Open(Connections.To(endpoint.BaseUrl, _time), "m");
        using var response = await upstream.SendAsync(WireProtocol.OpenAiChat, new ByteArrayContent([]), stop.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(stop.Token);
        var buffer = new byte[9];
        await stream.ReadExactlyAsync(buffer, stop.Token);
        Assert.Equal("data: 1\n\n", Encoding.UTF8.GetString(buffer));
        await stop.CancelAsync();
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", null, true)]
    [InlineData("https://mine.openai.azure.com/openai/v1", null, true)]
    [InlineData("http://127.0.0.1:11434/v1", null, false)]
    [InlineData("http://127.0.0.1:11434/v1", "true", true)]
    [InlineData("https://api.openai.com/v1", "false", false)]
    public void Responses_are_spoken_by_those_who_do(string url, string? option, bool expected)
    {
        var connection = new ProviderConnection
        {
            Provider = "p",
            BaseUrl = url,
            Options = option is null ? [] : System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("responses", option),
            Http = _ => new HttpMessageInvoker(new HttpClientHandler()),
        };
        Assert.Equal(expected, new OpenAiKind().Open(connection, "m").Speaks(WireProtocol.OpenAiResponses));
    }

    [Theory]
    [InlineData("""{"data":[{"index":1,"embedding":[3,4.5]},{"index":0,"embedding":"AACAPwAAAEA="}],"usage":{"prompt_tokens":7,"total_tokens":7}}""")]
    [InlineData("""{"data":[{"embedding":[1,2]},{"embedding":[3,4.5]}],"usage":{"prompt_tokens":7,"total_tokens":7}}""")]
    public async Task Embeddings_come_in_the_order_of_their_texts(string answer)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => c.Response.WriteAsync(answer));
        var embeddings = await Embeddings(endpoint).GenerateAsync(["a", "b"], new() { Dimensions = 2 });
        Assert.Equal([1f, 2f, 3f, 4.5f], embeddings.SelectMany(e => e.Vector.ToArray()));
        Assert.Equal(7, embeddings.Usage!.InputTokenCount);
        using var sent = JsonDocument.Parse(endpoint.Bodies.Single());
        Assert.Equal(("m", 2, "b"),
            (sent.RootElement.GetProperty("model").GetString(), sent.RootElement.GetProperty("dimensions").GetInt32(),
                sent.RootElement.GetProperty("input")[1].GetString()));
    }

    [Theory]
    [InlineData("""{"data":[{"index":0,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":7,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":"AACA"},{"index":1,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":"?"},{"index":1,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":["x"]},{"index":1,"embedding":[1]}]}""")]
    [InlineData("no")]
    public async Task Embeddings_that_are_none_are_malformed(string answer)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => c.Response.WriteAsync(answer));
        Assert.Equal("provider.malformed",
            (await Assert.ThrowsAsync<ProviderFailureException>(() => Embeddings(endpoint).GenerateAsync(["a", "b"]))).Code);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7.0)]
    [InlineData("Retry-After", "Mon, 05 Jan 2026 09:00:30 GMT", 30.0)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("Retry-After", "-3", 0.0)]
    [InlineData("Retry-After", "99999999", 3600.0)]
    [InlineData("Retry-After", "soon", null)]
    public async Task A_provider_s_wish_to_wait_is_kept(string header, string value, double? seconds)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            c.Response.StatusCode = 429;
            c.Response.Headers[header] = value;
            return Task.CompletedTask;
        });
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => new OpenAiKind()
            .Open(Connections.To(endpoint.BaseUrl, _time), "m").Chat.GetResponseAsync("x"));
        Assert.Equal((429, RetryScope.Again, seconds), (failure.Status, failure.Retry, failure.RetryAfter?.TotalSeconds));
    }

    private IEmbeddingGenerator<string, Embedding<float>> Embeddings(FakeEndpoint endpoint)
        => new OpenAiKind().Open(Connections.To(endpoint.BaseUrl, _time), "m").Embeddings!;
}
