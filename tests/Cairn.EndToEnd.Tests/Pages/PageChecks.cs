using System.Text.Json;
using Microsoft.Playwright;

namespace Cairn.EndToEnd.Tests;

/// <summary>
/// What every page must hold: no finding of axe, nothing wider than the window, nothing that the browser complained about.
/// </summary>
internal static class PageChecks
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Checkout.Path("tests/js/node_modules/axe-core/axe.min.js")));

    public static bool HasAxe => File.Exists(Checkout.Path("tests/js/node_modules/axe-core/axe.min.js"));

    /// <summary>Rules broken on the page, each with the elements.</summary>
    public static async Task<IReadOnlyList<string>> AxeAsync(IPage page)
    {
        // The page's policy refuses foreign scripts, so the source is evaluated by the browser's own protocol.
        await page.EvaluateAsync(Axe.Value + ";void 0");
        var result = await page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160) + ' ' + n.failureSummary.replace(/\\s+/g, ' ').slice(0, 200)).slice(0, 3).join(' || '))");
        return [.. result.EnumerateArray().Select(v => v.GetString()!)];
    }

    public static Task<int> OverflowAsync(IPage page)
        => page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>
    /// Collects what the browser's console reports as an error: refused styles, scripts that threw, resources that are missing.
    /// </summary>
    public static List<string> Complaints(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        return complaints;
    }
}
