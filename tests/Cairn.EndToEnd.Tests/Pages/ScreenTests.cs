using Microsoft.Playwright;

namespace Cairn.EndToEnd.Tests;

/// <summary>Every page in both themes and two widths: looked at by people (artifacts/screens), by axe, and for what overflows.</summary>
public sealed class ScreenTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly (int Width, int Height)[] Widths = [(1280, 860), (390, 844)];

    public static TheoryData<string> Names() => [.. Screens.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_is_whole_in_both_themes_and_widths(string name)
    {
        var screen = Screens.All[name];
        var found = new List<string>();
        foreach (var dark in new[] { false, true })
        {
            foreach (var (width, height) in Widths)
            {
                await using var host = await PageHost.StartAsync(screen.Empty, screen.Model);
                host.Knowledge.Running = screen.Running;
                await using var window = await chromium.WindowAsync(host.Address, screen.User, dark, width, height);
                var page = await window.NewPageAsync();
                var complaints = PageChecks.Complaints(page);
                await screen.Open(page);
                await page.ScreenshotAsync(
                    new() { Path = Checkout.Path($"artifacts/screens/{name}-{width}-{(dark ? "dark" : "light")}.png") });
                var where = $"{name} {width} {(dark ? "dark" : "light")}: ";
                if (await PageChecks.OverflowAsync(page) is var over and > 0)
                    found.Add($"{where}{over} px wider than the window");
                found.AddRange(complaints.Where(c => !screen.Fails || !c.Contains("Failed to load resource", StringComparison.Ordinal))
                    .Select(c => where + c));
                if (PageChecks.HasAxe)
                    found.AddRange((await PageChecks.AxeAsync(page)).Select(v => where + v));
            }
        }
        Assert.Empty(found);
        if (!PageChecks.HasAxe)
            Assert.Skip("axe-core is not installed: npm ci in tests/js. Everything but axe was checked.");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/documents")]
    [InlineData("/documents/mooring")]
    [InlineData("/people")]
    [InlineData("/keys")]
    [InlineData("/doctor")]
    [InlineData("/models")]
    [InlineData("/models/compare")]
    [InlineData("/training")]
    [InlineData("/training/start?recipe=recipes%2Fships.yaml")]
    [InlineData("/training/models/ship-delay")]
    public async Task Twice_the_size_fits_the_window(string path)
    {
        await using var host = await PageHost.StartAsync();
        // 200 % zoom of a 1280 px window is a window of 640 px.
        await using var window = await chromium.WindowAsync(host.Address, width: 640, height: 430);
        var page = await window.NewPageAsync();
        await page.GotoAsync(path);
        Assert.Equal(0, await PageChecks.OverflowAsync(page));
    }
}
