using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Cairn.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parrot;

namespace Cairn.Server.Tests;

/// <summary>A kind of provider that was built outside (samples/provider-kind), hosted as docs/extending.md says.</summary>
public sealed partial class StrangerKindTests
{
    private static readonly string Page = File.ReadAllText(Checkout.Path("docs/extending.md"));

    [Fact]
    public async Task A_stranger_s_kind_serves_every_protocol()
    {
        await using var parrot = await ParrotAsync("one two\nthree\n");
        await using var server = await StartAsync(parrot.Address, "parrot");
        using var client = await server.KeyClientAsync("ann");
        var chat = await TestServer.PostAsync(client, "/v1/chat/completions",
            new { model = "default", messages = new[] { new { role = "user", content = "hello" } } });
        Assert.Equal("one twothree", chat.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(5, chat.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        var message = await TestServer.PostAsync(client, "/anthropic/v1/messages",
            new { model = "polly/grey", max_tokens = 9, messages = new[] { new { role = "user", content = "hello" } } });
        Assert.Equal("end_turn", message.GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task What_it_cannot_do_is_told_in_the_caller_s_protocol()
    {
        await using var parrot = await ParrotAsync("x");
        await using var server = await StartAsync(parrot.Address, "parrot");
        using var client = await server.KeyClientAsync("ann");
        using var response = await client.PostAsJsonAsync("/v1/chat/completions", new
        {
            model = "default",
            messages = new[] { new { role = "user", content = "hello" } },
            tools = new[] { new { type = "function", function = new { name = "f" } } },
        });
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("unsupported parameter: 'tools' with a parrot model", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("parot", "did you mean 'parrot'?")]
    [InlineData("parrot, mod: merry", "did you mean 'mood'?")]
    public async Task A_typing_error_is_found_at_start(string kind, string expected)
        => Assert.Contains(expected, (await Assert.ThrowsAnyAsync<CairnException>(() => StartAsync("http://127.0.0.1:1", kind))).Message);

    [Theory]
    [InlineData("ParrotKind.cs")]
    [InlineData("ParrotUpstream.cs")]
    [InlineData("ParrotChatClient.cs")]
    public void The_page_shows_the_sample_as_it_is_built(string file)
        => Assert.Contains(File.ReadAllText(Checkout.Path("samples/provider-kind/" + file)).TrimEnd(), Page);

    [Fact]
    public void The_page_names_every_kind_that_ships()
        => Assert.All(ProviderKinds.BuiltIn, kind => Assert.Contains($"`{kind.Name}`", Page));

    /// <summary>The page's workspace, with the parrot where it is.</summary>
    private static Task<TestServer> StartAsync(string address, string kind)
    {
        var settings = Yaml().Match(Page).Groups[1].Value.Replace("http://127.0.0.1:9000", address).Replace("kind: parrot", "kind: " + kind)
            .Replace("${env:PARROT_KEY}", "${env:PATH}");
        return TestServer.StartAsync(options => options with { ProviderKinds = [.. ProviderKinds.BuiltIn, new ParrotKind()] }, settings);
    }

    private static Task<LoopbackServer> ParrotAsync(string says)
        => LoopbackServer.StartAsync(context => (context.Request.Path == "/say" && context.Request.Headers["x-parrot-mood"] == "merry"
            ? Results.Text(says)
            : Results.StatusCode(500)).ExecuteAsync(context));

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
