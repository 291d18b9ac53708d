using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Cairn.Testing;
using Microsoft.AspNetCore.Http;

namespace Cairn.Models.Tests;

/// <summary>The table in docs/gateway.md says what each kind of provider does with each parameter.</summary>
public sealed partial class GatewayPageTests
{
    private const string Text = """{"role":"user","content":"x"}""";
    private const string Tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]";

    private static readonly Dictionary<string, (string Parameters, string Message)> Asked = new()
    {
        ["temperature"] = ("\"temperature\":0.5", Text),
        ["top_p"] = ("\"top_p\":0.5", Text),
        ["top_k"] = ("\"top_k\":5", Text),
        ["max_tokens, max_completion_tokens"] = ("\"max_tokens\":5000", Text),
        ["stop"] = ("\"stop\":[\"END\"]", Text),
        ["seed"] = ("\"seed\":1", Text),
        ["frequency_penalty, presence_penalty"] = ("\"frequency_penalty\":0.5,\"presence_penalty\":0.5", Text),
        ["n above 1"] = ("\"n\":2", Text),
        ["logprobs, top_logprobs"] = ("\"logprobs\":true", Text),
        ["logit_bias"] = ("\"logit_bias\":{\"1\":1}", Text),
        ["tools, tool_choice"] = (Tools + ",\"tool_choice\":\"required\"", Text),
        ["parallel_tool_calls: false"] = (Tools + ",\"parallel_tool_calls\":false", Text),
        ["response_format: json_schema"] = (
            "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{\"type\":\"object\"}}}", Text),
        ["response_format: json_object"] = ("\"response_format\":{\"type\":\"json_object\"}", Text),
        ["reasoning_effort"] = ("\"reasoning_effort\":\"low\"", Text),
        ["user"] = ("\"user\":\"ann\"", Text),
        ["metadata, service_tier, prediction, verbosity"] = ("\"metadata\":{\"a\":\"b\"}", Text),
        ["anything else"] = ("\"made_up\":1", Text),
        ["image, as data"] = ("\"stop\":null",
            """{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw=="}}]}"""),
        ["image, by address"] = ("\"stop\":null",
            """{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x.test/a.png"}}]}"""),
        ["audio (wav, mp3)"] = ("\"stop\":null",
            """{"role":"user","content":[{"type":"input_audio","input_audio":{"format":"wav","data":"AAAA"}}]}"""),
        ["PDF, as data"] = ("\"stop\":null",
            """{"role":"user","content":[{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERg=="}}]}"""),
    };

    private static readonly Dictionary<string, IProviderKind> Kinds = new()
    {
        ["openai"] = new OpenAiKind(), ["anthropic"] = new AnthropicKind(), ["gemini"] = new GeminiKind(), ["bedrock"] = new BedrockKind(),
    };

    [Fact]
    public async Task The_table_says_what_each_kind_does()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            c.Response.StatusCode = StatusCodes.Status418ImATeapot;
            return Task.CompletedTask;
        });
        var page = await File.ReadAllTextAsync(Checkout.Path("docs/gateway.md"));
        var table = page[page.IndexOf("| parameter,", StringComparison.Ordinal)..];
        var rows = Row().Matches(table[..table.IndexOf("\n\n", StringComparison.Ordinal)] + "\n").Skip(1)
            .Select(m => m.Groups[1].Value.Split('|', StringSplitOptions.TrimEntries)).ToList();
        Assert.Equal(Asked.Keys, rows.Select(r => r[0].Replace("`", "")));
        var wrong = new List<string>();
        foreach (var row in rows)
        {
            foreach (var (kind, says) in Kinds.Keys.Zip(row.Skip(1)))
            {
                var refused = await IsRefusedAsync(Kinds[kind], endpoint, Asked[row[0].Replace("`", "")]);
                if (refused != says.StartsWith("refused", StringComparison.Ordinal))
                    wrong.Add($"{row[0]} with {kind} is {(refused ? "refused" : "sent")}");
            }
        }
        Assert.Empty(wrong);
    }

    private static async Task<bool> IsRefusedAsync(IProviderKind kind, FakeEndpoint endpoint, (string Parameters, string Message) asked)
    {
        var call = Wire.Read(WireProtocol.OpenAiChat, $$"""{"model":"m","messages":[{{asked.Message}}],{{asked.Parameters}}}""");
        var connection = new ProviderConnection
        {
            Provider = "p", BaseUrl = endpoint.BaseUrl.AbsoluteUri, ApiKey = "k",
            Options = ImmutableDictionary<string, string>.Empty.Add("region", "eu-north-1"),
            Time = new ManualTime(), Http = Connections.To(endpoint.BaseUrl, new ManualTime()).Http,
        };
        var failure = await Assert.ThrowsAnyAsync<ProviderFailureException>(() => kind.Open(connection, "m").Chat
            .GetResponseAsync(call.Messages, call.Options));
        return failure.Code == "provider.unsupported";
    }

    [GeneratedRegex(@"^\| (`.*|[a-zA-Z].*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
