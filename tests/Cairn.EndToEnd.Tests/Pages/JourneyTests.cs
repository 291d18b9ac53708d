using System.Net;
using Microsoft.Playwright;

namespace Cairn.EndToEnd.Tests;

/// <summary>The way of a newcomer through the built program, in a real browser, over the sample's own papers.</summary>
public sealed class JourneyTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Question = "Which tariff year applies to container storage?";

    private const string Yaml = """
        version: 1
        storage: sqlite
        sources:
          harbour:
            kind: folder
            path: ./harbour
            access:
              - { match: "hr/**", allow: [group:hr] }
              - { match: "**", allow: [everyone] }
        """;

    [Fact]
    public async Task From_the_first_link_to_a_highlighted_place_an_upload_and_a_second_person_who_sees_less()
    {
        if (Chromium.Program is null)
            Assert.Skip("Chromium is not installed: apt-get install chromium");
        using var workspace = new SampleWorkspace(Yaml);
        Copy("prices/tariff-2026.pdf", workspace);
        Copy("policies/mooring-rules-2026.md", workspace);
        Copy("policies/data-retention-schedule.md", workspace);
        Copy("hr/salary-bands-2026.md", workspace);
        CopyFolder(Checkout.Path("apps"), Path.Combine(workspace.Root, "apps"));
        var ingested = await CairnCommandLine.RunAsync(workspace.Root, "ingest", "harbour", "--json");
        Assert.True(ingested.ExitCode == 0, ingested.Output + ingested.Error);
        await using var server = await RunningServer.StartAsync(workspace.Root);

        await using var owner = await chromium.WindowAsync(server.Address.ToString(), user: null);
        var page = await owner.NewPageAsync();
        var complaints = PageChecks.Complaints(page);

        // Sign in by the link, ask, see the stream end with evidence.
        await page.GotoAsync(server.OwnerLink!.ToString());
        await page.GetByText("What would you like to know?").WaitForAsync();
        await Screens.AskAsync(page, Question);
        var conversation = page.Url;
        await page.Locator(".evidence-of[data-current] .card a").First.WaitForAsync();
        await Picture(page, "answer");

        // A citation leads to the very place: the rectangles on the PDF's page, and the same words marked in the text.
        var quote = await page.Locator(".card blockquote").First.TextContentAsync();
        await page.Locator(".cite").First.ClickAsync();
        await page.Locator(".card.lit h3 a").ClickAsync();
        await page.Locator(".boxes rect").First.WaitForAsync();
        await page.Locator(".sheet img").First.EvaluateAsync("i => i.decode()");
        Assert.True(await page.Locator(".boxes rect").First.IsVisibleAsync());
        await Picture(page, "page");
        await page.GetByRole(AriaRole.Link, new() { Name = "Text", Exact = true }).ClickAsync();
        Assert.Equal(quote, string.Concat(await page.Locator("mark").AllTextContentsAsync()));
        await Picture(page, "text");

        // The conversation is still there, and so are the steps of its answer.
        await page.GotoAsync(conversation);
        await page.Locator(".sentence").First.WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "steps" }).ClickAsync();
        await page.GetByRole(AriaRole.Rowheader, new() { Name = "retrieve" }).WaitForAsync();
        await Picture(page, "steps");

        // What is uploaded can be asked at once.
        await page.GotoAsync("/documents");
        await page.Locator("[name=allow]").SelectOptionAsync("everyone");
        await page.Locator("input[type=file]")
            .SetInputFilesAsync(new FilePayload
            {
                Name = "lighthouse.md",
                MimeType = "text/markdown",
                Buffer = "# Lighthouse\n\nThe lighthouse on Gannet Rock flashes every eleven seconds.\n"u8.ToArray(),
            });
        await page.GetByText("Ready to be asked").WaitForAsync();
        await page.Locator("td a", new() { HasText = "Lighthouse" }).WaitForAsync();
        await Picture(page, "documents");
        await page.GotoAsync("/");
        await Screens.AskAsync(page, "How often does the lighthouse on Gannet Rock flash?");
        Assert.Contains("eleven seconds", await page.Locator(".sentence").First.TextContentAsync(), StringComparison.Ordinal);
        await page.GotoAsync("/");
        await Screens.AskAsync(page, "Who sets the Managing Director's pay?");
        Assert.NotEqual(0, await page.Locator(".card", new() { HasText = "salary-bands" }).CountAsync());

        // A second person signs in by a link shown once, and sees less.
        await page.GotoAsync("/people");
        await page.GetByLabel("Name").FillAsync("conor");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await page.GetByLabel("One-time link").InputValueAsync();
        await Picture(page, "people");
        await using var member = await chromium.WindowAsync(server.Address.ToString(), user: null);
        var theirs = await member.NewPageAsync();
        await theirs.GotoAsync(link);
        await theirs.GetByText("What would you like to know?").WaitForAsync();
        Assert.Equal(0, await theirs.Locator(".conversation-list a").CountAsync());
        await Screens.AskAsync(theirs, "Who sets the Managing Director's pay?");
        Assert.Equal(0, await theirs.Locator(".card", new() { HasText = "salary-bands" }).CountAsync());
        await theirs.GotoAsync("/documents?q=salary");
        Assert.Equal(0, await theirs.Locator("tbody tr").CountAsync());
        var refused = await theirs.GotoAsync(conversation);
        Assert.Equal(404, refused!.Status);

        // The link works once, and says so.
        await using var third = await chromium.WindowAsync(server.Address.ToString(), user: null);
        var late = await third.NewPageAsync();
        await late.GotoAsync(link);
        await late.GetByRole(AriaRole.Heading, new() { Name = "This link was used already" }).WaitForAsync();

        // A key for a program is shown once, works, and ends when it is revoked.
        await page.GotoAsync("/keys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        var key = await page.GetByLabel("API key", new() { Exact = true }).InputValueAsync();
        await Picture(page, "key");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.Address, key));
        await page.GotoAsync("/keys");
        Assert.Equal(0, await page.GetByLabel("API key", new() { Exact = true }).CountAsync());
        await page.Locator(".api-key summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke the key of" }).ClickAsync();
        await page.GetByText("No key yet").WaitForAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server.Address, key));

        // The doctor says how the workspace does.
        await page.GotoAsync("/doctor");
        await page.GetByRole(AriaRole.Heading, new() { Name = "sizes" }).WaitForAsync();
        await Picture(page, "doctor");

        // Signing out ends it.
        await page.GotoAsync("/me");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in with your link" }).WaitForAsync();
        Assert.Empty(complaints);
    }

    private static Task<byte[]> Picture(IPage page, string name)
        => page.ScreenshotAsync(new() { Path = Checkout.Path($"artifacts/screens/journey-{name}.png") });

    private static async Task<HttpStatusCode> StatusAsync(Uri server, string key)
    {
        using var client = new HttpClient { BaseAddress = server };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var answer = await client.GetAsync(new Uri("api/v1/sources", UriKind.Relative));
        return answer.StatusCode;
    }

    private static void Copy(string path, SampleWorkspace workspace)
    {
        var target = Path.Combine(workspace.Root, "harbour", path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Checkout.Path(Path.Combine("samples/harbour", path)), target);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
