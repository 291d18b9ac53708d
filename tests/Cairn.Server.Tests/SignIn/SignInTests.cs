using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cairn.Server.Tests;

public sealed class SignInTests
{
    [Fact]
    public async Task The_first_start_s_link_makes_a_session_of_the_owner_once()
    {
        await using var server = await TestServer.StartAsync();
        Assert.StartsWith(server.Host.Address!.ToString(), server.Host.OwnerLink!.ToString());

        using var followed = await server.Visitor.GetAsync(server.Host.OwnerLink);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (followed.StatusCode, followed.Headers.Location!.ToString()));
        var cookie = followed.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.Equal("no-store", followed.Headers.CacheControl!.ToString());

        using var browser = TestWorkspace.Client(server.Host);
        browser.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        var me = await TestServer.GetAsync(browser, "/api/v1/me");
        Assert.Equal("owner", me.GetProperty("user").GetString());
        Assert.Contains("managePeople", me.GetProperty("rights").EnumerateArray().Select(r => r.GetString()));

        Assert.Equal((403, "link.used"), await TestServer.ProblemAsync(await server.Visitor.GetAsync(server.Host.OwnerLink)));
    }

    [Fact]
    public async Task A_cookie_for_forms_that_cannot_be_read_is_replaced_without_a_word_in_the_log()
    {
        using var log = new CapturedLog();
        await using var server = await TestServer.StartAsync(replace: services => services.AddLogging(l => l.AddProvider(log)));
        using var first = await server.Visitor.GetAsync("/sign-in");
        var name = first.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("cairn-forms", StringComparison.Ordinal)).Split('=')[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        // As a browser keeps it of a workspace that stood in the same folder before.
        request.Headers.Add("Cookie", name + "=CfDJ8NWX5UvX6mpCl6XNbnypoV-pjqYPP81Ta3p9xJopDxW1");
        using var again = await server.Visitor.SendAsync(request);
        Assert.Contains(again.Headers.GetValues("Set-Cookie"), c => c.StartsWith(name, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, l => l.Contains("ntiforgery", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_used_link_leads_who_is_signed_in_already_to_the_first_page()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await server.BrowserAsync(server.Host.OwnerLink!);

        using (var used = await browser.GetAsync(server.Host.OwnerLink))
            Assert.Equal((HttpStatusCode.Redirect, "/"), (used.StatusCode, used.Headers.Location?.ToString()));

        Assert.Equal((403, "link.used"), await TestServer.ProblemAsync(await server.Visitor.GetAsync(server.Host.OwnerLink)));
        Assert.Equal((403, "link.unknown"), await TestServer.ProblemAsync(await browser.GetAsync("/sign-in/nonsense")));
    }

    [Fact]
    public async Task Once_the_owner_has_signed_in_a_start_prints_no_link()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await server.BrowserAsync(server.Host.OwnerLink!);
        await server.Host.DisposeAsync();

        await using var again = await CairnHost.StartAsync(server.Workspace.Options with { Port = 0 },
            TestContext.Current.CancellationToken);

        Assert.Null(again.OwnerLink);
        // Instead it says whose link signs in.
        Assert.Equal("owner", again.Owner);
        using var known = TestWorkspace.Client(again);
        known.DefaultRequestHeaders.Add("Cookie", browser.DefaultRequestHeaders.GetValues("Cookie"));
        Assert.Equal("owner", (await TestServer.GetAsync(known, "/api/v1/me")).GetProperty("user").GetString());
    }

    [Fact]
    public async Task A_browser_that_only_fetches_ahead_does_not_use_the_link_up()
    {
        await using var server = await TestServer.StartAsync();
        using var ahead = new HttpRequestMessage(HttpMethod.Get, server.Host.OwnerLink);
        ahead.Headers.Add("Sec-Purpose", "prefetch;prerender");

        using var nothing = await server.Visitor.SendAsync(ahead);
        Assert.False(nothing.Headers.Contains("Set-Cookie"));

        using var browser = await server.BrowserAsync(server.Host.OwnerLink!);
        Assert.Equal("owner", (await TestServer.GetAsync(browser, "/api/v1/me")).GetProperty("user").GetString());
    }

    [Theory]
    [InlineData("/documents?q=a", "/documents?q=a")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public async Task After_sign_in_one_stays_on_this_server(string wanted, string got)
    {
        await using var server = await TestServer.StartAsync();

        using var followed = await server.Visitor.GetAsync($"{server.Host.OwnerLink}?return={Uri.EscapeDataString(wanted)}");

        Assert.Equal(got, followed.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await server.BrowserAsync(server.Host.OwnerLink!);

        using (var out1 = await browser.DeleteAsync("/api/v1/session"))
            Assert.Equal(HttpStatusCode.NoContent, out1.StatusCode);

        Assert.Equal((401, "sign-in.needed"), await TestServer.ProblemAsync(await browser.GetAsync("/api/v1/me")));
    }

    [Fact]
    public async Task Guessing_links_is_slowed_down_per_address()
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 10; i++)
            Assert.Equal((403, "link.unknown"),
                await TestServer.ProblemAsync(await server.Visitor.GetAsync($"/sign-in/{new string('0', 26)}.{new string('a', 43)}")));

        using var slowed = await server.Visitor.GetAsync(server.Host.OwnerLink);
        Assert.True(slowed.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal((429, "sign-in.too-many"), await TestServer.ProblemAsync(slowed));
    }

    [Fact]
    public async Task Another_site_can_t_act_through_a_signed_in_browser()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await server.BrowserAsync(server.Host.OwnerLink!);
        async Task<HttpResponseMessage> Add(string? origin, string? site = null, bool header = false)
        {
            using var request =
                new HttpRequestMessage(HttpMethod.Post, "/api/v1/users") { Content = JsonContent.Create(new { name = "eve" }) };
            browser.DefaultRequestHeaders.Remove("Origin");
            if (origin is not null)
                request.Headers.Add("Origin", origin);
            if (site is not null)
                request.Headers.Add("Sec-Fetch-Site", site);
            if (header)
                request.Headers.Add("X-Cairn-Request", "1");
            return await browser.SendAsync(request);
        }
        var own = server.Host.Address!.GetLeftPart(UriPartial.Authority);

        Assert.Equal((403, "request.cross-site"), await TestServer.ProblemAsync(await Add("https://evil.example")));
        Assert.Equal((403, "request.cross-site"), await TestServer.ProblemAsync(await Add("null")));
        Assert.Equal((403, "request.cross-site"), await TestServer.ProblemAsync(await Add(null)));
        Assert.Equal((403, "request.cross-site"), await TestServer.ProblemAsync(await Add(own, "cross-site")));
        Assert.Equal((403, "request.cross-site"),
            await TestServer.ProblemAsync(await Add($"http://127.0.0.1:{(server.Host.Address.Port == 1 ? 2 : 1)}", "same-site",
                header: true)));
        using var fine = await Add(own, "same-origin");
        Assert.Equal(HttpStatusCode.OK, fine.StatusCode);
    }

    [Fact]
    public async Task A_sign_in_form_of_another_page_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var form = new FormUrlEncodedContent([new("token", server.Host.OwnerLink!.ToString())]);

        Assert.Equal((400, "form.expired"), await TestServer.ProblemAsync(await server.Visitor.PostAsync("/sign-in", form)));

        using var browser = await server.BrowserAsync(server.Host.OwnerLink!);
        Assert.Equal("owner", (await TestServer.GetAsync(browser, "/api/v1/me")).GetProperty("user").GetString());
    }

    [Fact]
    public async Task Behind_a_tls_proxy_on_this_machine_the_cookie_is_for_https_only_and_pages_may_act()
    {
        await using var server = await TestServer.StartAsync(o => o with { AllowedHosts = ["cairn.example"] });
        server.Visitor.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        server.Visitor.DefaultRequestHeaders.Host = "cairn.example";

        using var followed = await server.Visitor.GetAsync(server.Host.OwnerLink);
        var cookie = followed.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("; secure", cookie);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/users") { Content = JsonContent.Create(new { name = "ann" }) };
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        request.Headers.Add("Origin", "https://cairn.example");
        using var added = await server.Visitor.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
    }
}
