using System.Net;
using System.Text.RegularExpressions;

namespace Cairn.Server.Tests;

/// <summary>Forms as a signed-in browser without script sends them.</summary>
internal static partial class BrowserForms
{
    /// <summary>Opens a page that holds forms (the owner's people page), and sends these fields with its token.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(
        this HttpClient browser, string address, IEnumerable<KeyValuePair<string, HttpContent>> fields)
    {
        using var page = await browser.GetAsync("/people");
        var token = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        var session = browser.DefaultRequestHeaders.GetValues("Cookie").Single();
        using var form = new MultipartFormDataContent { { new StringContent(WebUtility.HtmlDecode(token)), "__RequestVerificationToken" } };
        foreach (var (name, content) in fields)
            form.Add(content, name);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        request.Headers.Add("Cookie", $"{session}; {page.Headers.GetValues("Set-Cookie").Single().Split(';')[0]}");
        request.Headers.ExpectContinue = true;
        return await browser.SendAsync(request);
    }

    /// <summary>A page's own form, with fields of text.</summary>
    public static Task<HttpResponseMessage> SendFormAsync(
        this HttpClient browser, string address, params (string Name, string Value)[] fields)
        => browser.SendFormAsync(address, fields.Select(f => KeyValuePair.Create<string, HttpContent>(f.Name, new StringContent(f.Value))));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
