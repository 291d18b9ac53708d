using System.Net;
using System.Text;

namespace Cairn.Server.Tests;

/// <summary>Files that a browser without script sends.</summary>
public sealed class UploadFormTests
{
    [Fact]
    public async Task A_form_takes_files_as_large_as_the_api_does()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await server.BrowserAsync(server.Host.OwnerLink!);

        using var sent = await UploadAsync(browser, "# Crane 7" + new string('\n', 2_000_000));

        Assert.Equal((HttpStatusCode.Redirect, "/documents"), (sent.StatusCode, sent.Headers.Location?.ToString()));
        Assert.Contains("crane.md", (await TestServer.GetAsync(server.Owner, "/api/v1/documents")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_files_that_are_too_large_is_refused_for_that_reason()
    {
        await using var server = await TestServer.StartAsync(o => o with { MaxUpload = 100_000 });
        using var browser = await server.BrowserAsync(server.Host.OwnerLink!);

        Assert.Equal((413, "body.too-large"), await TestServer.ProblemAsync(await UploadAsync(browser, new string('a', 100_001))));
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_not_told_to_have_expired()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await server.BrowserAsync(server.Host.OwnerLink!);
        using var broken = new StringContent("--x\r\nno header\r\n", Encoding.ASCII);
        broken.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };

        Assert.Equal((400, "request.invalid"), await TestServer.ProblemAsync(await browser.PostAsync("/documents/upload", broken)));
    }

    private static Task<HttpResponseMessage> UploadAsync(HttpClient browser, string text)
    {
        var file = new ByteArrayContent(Encoding.ASCII.GetBytes(text));
        file.Headers.ContentDisposition = new("form-data") { Name = "files", FileName = "crane.md" };
        return browser.SendFormAsync("/documents/upload", [KeyValuePair.Create<string, HttpContent>("files", file)]);
    }
}
