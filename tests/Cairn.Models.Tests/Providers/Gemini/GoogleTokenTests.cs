using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cairn.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class GoogleTokenTests
{
    private readonly ManualTime _time = new();
    private readonly RSA _key = RSA.Create(2048);

    [Fact]
    public async Task A_service_account_signs_in_once_and_again_before_the_token_ends()
    {
        var (tokens, paths) = (0, new List<string>());
        await using var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            paths.Add(c.Request.Path);
            c.Response.ContentType = "application/json";
            if (c.Request.Path == "/token")
                await c.Response.WriteAsync($$"""{"access_token":"ya29.{{++tokens}}","expires_in":3600,"token_type":"Bearer"}""");
            else
                await c.Response.WriteAsync("""{"candidates":[{"content":{"parts":[{"text":"Yes."}]},"finishReason":"STOP"}]}""");
        });
        var chat = Open(endpoint, Account(endpoint));
        Assert.Equal("Yes.", (await chat.GetResponseAsync("?")).Text);
        await chat.GetResponseAsync("?");
        Assert.Equal(1, tokens);
        _time.Advance(TimeSpan.FromMinutes(56));
        await chat.GetResponseAsync("?");
        Assert.Equal(["", "Bearer ya29.1", "Bearer ya29.1", "", "Bearer ya29.2"], endpoint.Authorizations);
        Assert.Equal("/v1/projects/harbour/locations/europe-west4/publishers/google/models/gemini-3.5-flash:generateContent", paths[1]);
        AssertSigned(endpoint.Bodies[0]);
    }

    [Fact]
    public async Task What_is_no_service_account_is_said_without_its_content()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(_ => Task.CompletedTask);
        foreach (var account in new[] { "not json secret", """{"client_email":"a@b","private_key":"secret"}""",
            """{"private_key":"secret"}""" })
        {
            var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => Open(endpoint, account).GetResponseAsync("?"));
            Assert.Equal("provider.key", failure.Code);
            Assert.DoesNotContain("secret", failure.ToString().Replace("as the secret that", "", StringComparison.Ordinal));
        }
    }

    private void AssertSigned(string form)
    {
        var statement = form[(form.IndexOf("assertion=", StringComparison.Ordinal) + "assertion=".Length)..];
        var parts = statement.Split('.');
        Assert.True(_key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        Assert.Equal("robot@harbour.example", claims.RootElement.GetProperty("iss").GetString());
        Assert.Equal(3600, claims.RootElement.GetProperty("exp").GetInt64() - claims.RootElement.GetProperty("iat").GetInt64());
    }

    private string Account(FakeEndpoint endpoint) => JsonSerializer.Serialize(new Dictionary<string, string>
    {
        ["client_email"] = "robot@harbour.example",
        ["private_key_id"] = "k1",
        ["private_key"] = _key.ExportPkcs8PrivateKeyPem(),
        ["token_uri"] = new Uri(endpoint.BaseUrl, "/token").AbsoluteUri,
    });

    private IChatClient Open(FakeEndpoint endpoint, string account)
        => new GeminiKind().Open(TestConnection.To(endpoint.BaseUrl, _time, null, ("serviceAccount", account), ("project", "harbour"),
            ("location", "europe-west4")), "gemini-3.5-flash").Chat;
}
