using Microsoft.Playwright;

namespace Cairn.EndToEnd.Tests;

/// <summary>The frame, the lists and the states around Ask.</summary>
public sealed class FramePageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task The_theme_is_chosen_and_stays()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/documents");
        await page.Locator("[data-act=theme]").ClickAsync();
        await page.Locator("[data-act=theme]").ClickAsync();
        await page.ReloadAsync();
        Assert.Equal("dark", await page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        Assert.Equal("Dark", await page.Locator("[data-act=theme] [data-word]").TextContentAsync());
    }

    [Fact]
    public async Task Escape_closes_the_topmost_thing_and_the_focus_goes_back()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/documents");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.PressAsync("Control+k");
        Assert.True(await page.Locator("dialog.palette").IsVisibleAsync());
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Locator("dialog.palette").IsVisibleAsync());
        Assert.Equal("q", await page.EvaluateAsync<string>("document.activeElement.name"));
    }

    [Fact]
    public async Task The_mark_of_a_source_with_unreadable_files_leads_to_just_these()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/documents");
        await page.Locator(".source a.chip.red").ClickAsync();
        await page.WaitForURLAsync("**/documents?source=harbour&status=failed");
        Assert.Equal("failed", await page.Locator("select[name=status]").InputValueAsync());
    }

    [Fact]
    public async Task The_list_keeps_its_filters_in_the_address()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/documents");
        await page.Locator("[name=q]").FillAsync("shift report");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        Assert.Contains("q=shift%20report&page=2", page.Url, StringComparison.Ordinal);
        Assert.Contains("26–47", await page.Locator("#list").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_sees_neither_hidden_documents_nor_how_to_change_them()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address, user: "conor");
        var page = await window.NewPageAsync();
        await page.GotoAsync("/documents?q=salary");
        Assert.Equal(0, await page.Locator("tbody tr").CountAsync());
        Assert.Equal(0, await page.Locator("cairn-upload").CountAsync());
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { Name = "People" }).CountAsync());
        var response = await page.GotoAsync("/documents/salaries");
        Assert.Equal(404, response!.Status);
    }

    [Fact]
    public async Task A_visitor_is_sent_to_sign_in_and_would_come_back()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address, user: null);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/documents?q=tariff");
        Assert.Contains("/sign-in?return=", page.Url, StringComparison.Ordinal);
        Assert.Equal("/documents?q=tariff", await page.Locator("[name=return]").InputValueAsync());
    }

    [Fact]
    public async Task Dropped_files_go_up_one_by_one_and_each_says_how_it_ended()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/documents");
        var files = await page.EvaluateHandleAsync("""
            () => {
              const files = new DataTransfer();
              files.items.add(new File(['# Moles'], 'moles.md', { type: 'text/markdown' }));
              files.items.add(new File(['%PDF-1.7'], 'broken.pdf', { type: 'application/pdf' }));
              return files;
            }
            """);
        await page.DispatchEventAsync("cairn-upload", "drop", new { dataTransfer = files });
        await page.GetByText("Ready to be asked: 4 passages").WaitForAsync();
        await page.GetByText("The PDF is broken: it has no end.").WaitForAsync();
        await page.GetByText("55 documents, 1–25 shown").WaitForAsync();
    }

    [Fact]
    public async Task The_pdf_s_rectangles_lie_over_the_quoted_words()
    {
        await using var host = await PageHost.StartAsync();
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/documents/tariff?version=1&start=9&end=70#hit");
        await page.Locator(".sheet img").First.EvaluateAsync("i => i.decode()");
        var paper = (await page.Locator(".sheet-paper").First.BoundingBoxAsync())!;
        var box = (await page.Locator(".boxes rect").First.BoundingBoxAsync())!;
        var expected = HarbourPapers.TariffBoxes[0];
        Assert.Equal(expected.X / 595.276, (box.X - paper.X) / paper.Width, .01);
        Assert.Equal(expected.Y / 841.89, (box.Y - paper.Y) / paper.Height, .01);
        Assert.Equal(expected.W / 595.276, box.Width / paper.Width, .01);
    }
}
