using Microsoft.Playwright;

namespace Cairn.EndToEnd.Tests;

/// <summary>
/// One Chromium for all tests of a class; each test gets contexts of its own. Without the program, tests are skipped and say so.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static string? Program { get; } = Candidates.FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Headless = true,
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A fresh window of this person, in this theme and width.</summary>
    internal async Task<IBrowserContext> WindowAsync(
        string address, string? user = "anna", bool dark = false, int width = 1280, int height = 860, bool script = true)
    {
        if (_browser is null)
            Assert.Skip("Chromium is not installed: apt-get install chromium");
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = address,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = script,
            HasTouch = width < 500,
            Permissions = script ? ["clipboard-read", "clipboard-write"] : [],
        });
        context.SetDefaultTimeout(15_000);
        if (user is not null)
            await context.AddCookiesAsync([new() { Name = "as", Value = user, Url = address }]);
        return context;
    }
}
