using Microsoft.Playwright;

namespace Cairn.EndToEnd.Tests;

/// <summary>How Ask behaves under somebody's hands.</summary>
public sealed class AskPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task An_answer_streams_in_and_ends_with_its_evidence_under_an_address_of_its_own()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await Screens.AskAsync(page, Screens.Question);
        Assert.Matches("/conversations/c1$", page.Url);
        Assert.Equal(2, await page.Locator(".sentence").CountAsync());
        Assert.Equal(3, await page.Locator(".evidence-of[data-current] .card").CountAsync());
        Assert.Equal(Screens.Question, await page.Locator(".conversation-list [aria-current] span").First.TextContentAsync());
        await page.ReloadAsync();
        Assert.Equal(2, await page.Locator(".sentence").CountAsync());
    }

    [Fact]
    public async Task A_sentence_lights_its_evidence_and_evidence_its_sentence()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await Screens.AskAsync(page, Screens.Question);
        await page.Locator(".sentence").First.ClickAsync(new() { Position = new() { X = 20, Y = 8 } });
        Assert.Equal(["1", "2"], await LitCardsAsync(page));
        await page.Locator(".card[data-n='3'] blockquote").ClickAsync();
        Assert.Equal(["3"], await LitCardsAsync(page));
        Assert.Contains("charges apply", await page.Locator(".sentence.lit").TextContentAsync());
        await page.Keyboard.PressAsync("Escape");
        Assert.Empty(await LitCardsAsync(page));
    }

    [Fact]
    public async Task Stop_ends_the_making_of_an_answer_at_once_and_keeps_the_question()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("Your question").FillAsync("When is a slow tug compulsory?");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("A tug").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await host.Apps.Left.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await page.GetByText("Stopped.").WaitForAsync();
        Assert.Equal("When is a slow tug compulsory?", await page.GetByLabel("Your question").InputValueAsync());
        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).IsVisibleAsync());
    }

    [Fact]
    public async Task A_cut_connection_is_taken_up_again_and_the_answer_goes_on()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("Your question").FillAsync("When is a slow tug compulsory?");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".pending [data-text]", new() { HasText = "A tug" }).WaitForAsync();
        var again = page.WaitForRequestAsync(r => r.Url.Contains("/api/v1/answers/", StringComparison.Ordinal) && r.Method == "GET");
        host.CutAnswers();
        Assert.Equal("5", await (await again).HeaderValueAsync("last-event-id"));
        Assert.Equal("A tug ", await page.Locator(".pending [data-text]").TextContentAsync());
        host.Apps.GoOn.SetResult();
        await page.Locator(".turn:not(.pending) .engine-line").WaitForAsync();
        Assert.StartsWith("A tug is compulsory", await page.Locator(".sentence").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.False(host.Apps.Left.Task.IsCompleted);
    }

    [Fact]
    public async Task What_was_found_stands_beside_the_answer_while_it_is_written()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("Your question").FillAsync("When is a slow tug compulsory?");
        await page.Keyboard.PressAsync("Enter");
        var found = page.Locator(".evidence .found .card");
        await found.First.WaitForAsync();
        Assert.Equal(FakeKnowledge.Found().Length, await found.CountAsync());
        Assert.Contains("version=2", await found.First.GetByRole(AriaRole.Link).GetAttributeAsync("href"), StringComparison.Ordinal);
        host.Apps.GoOn.SetResult();
        await page.Locator(".evidence-of[data-current]:not(.found) .card").First.WaitForAsync();
        Assert.Equal(0, await found.CountAsync());
    }

    [Fact]
    public async Task A_draft_outlives_the_page()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("Your question").FillAsync("Half a que");
        await page.GotoAsync("/documents");
        await page.GotoAsync("/");
        Assert.Equal("Half a que", await page.GetByLabel("Your question").InputValueAsync());
    }

    [Fact]
    public async Task Offline_a_question_is_kept_and_sent_when_the_connection_is_back()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        await window.SetOfflineAsync(true);
        await page.GetByLabel("Your question").FillAsync(Screens.Question);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("You are offline").WaitForAsync();
        await window.SetOfflineAsync(false);
        await page.Locator(".turn:not(.pending) .engine-line").WaitForAsync();
    }

    [Fact]
    public async Task Without_script_a_question_is_answered_by_a_plain_form()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        await page.Locator("#question").FillAsync(Screens.Question);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        Assert.Contains("/conversations/c1", page.Url, StringComparison.Ordinal);
        Assert.Equal(2, await page.Locator(".sentence").CountAsync());
        await page.Locator(".cite").First.ClickAsync();
        Assert.True(await page.Locator(".card:target").IsVisibleAsync());
    }

    [Fact]
    public async Task A_deleted_conversation_can_be_brought_back()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await Screens.AskAsync(page, Screens.Question);
        await page.ReloadAsync();
        await page.GetByLabel("Rename or delete").ClickAsync();
        await page.GetByLabel("Title").FillAsync("Tugs");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Tugs" }).WaitForAsync();
        await page.GetByLabel("Rename or delete").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete this conversation" }).ClickAsync();
        Assert.Equal(0, await page.Locator(".conversation-list a").CountAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Tugs" }).WaitForAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_asks_reads_the_evidence_and_opens_the_document()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/documents");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("Ask");
        await page.Locator(".palette a[aria-selected=true]", new() { HasText = "Ask something new" }).WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("What would you like to know?").WaitForAsync();
        // The page stands before its scripts have run; they run in order, this one after the keys.
        await page.WaitForFunctionAsync("() => customElements.get('cairn-ask') !== undefined");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(Screens.Question);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".turn:not(.pending) .engine-line").WaitForAsync();
        await page.Locator(".cite").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal(["1"], await LitCardsAsync(page));
        await page.Locator(".card.lit a").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/documents/mooring?**");
        Assert.StartsWith("A tug is compulsory", await page.Locator("mark").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.True(await page.Locator("mark").First.IsVisibleAsync());
    }

    [Fact]
    public async Task On_a_phone_the_evidence_comes_up_as_a_sheet_and_goes_back_to_where_it_was_opened()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address, width: 390, height: 844);
        var page = await window.NewPageAsync();
        await Screens.AskAsync(page, Screens.Question);
        Assert.False(await page.Locator(".evidence .card").First.IsVisibleAsync());
        await page.Locator(".cite").First.ClickAsync();
        Assert.True(await page.Locator(".card.lit").IsVisibleAsync());
        await page.GetByLabel("Close the evidence").ClickAsync();
        Assert.False(await page.Locator(".evidence .card").First.IsVisibleAsync());
        Assert.Equal("cite", await page.EvaluateAsync<string>("document.activeElement.className"));
    }

    private static async Task<string[]> LitCardsAsync(IPage page)
        => await page.Locator(".card.lit").EvaluateAllAsync<string[]>("cards => cards.map(c => c.dataset.n)");
}
