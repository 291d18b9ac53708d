using Microsoft.Playwright;

namespace Cairn.EndToEnd.Tests;

/// <summary>Every page and state that is looked at.</summary>
internal static class Screens
{
    public const string Question = "When must a ship take a tug, and who pays for it?";

    public static IReadOnlyDictionary<string, Screen> All { get; } = new Dictionary<string, Screen>(StringComparer.Ordinal)
    {
        ["ask-first"] = new(p => p.GotoAsync("/")),
        ["ask-nothing-there"] = new(p => p.GotoAsync("/")) { Empty = true },
        ["ask-nothing-there-member"] = new(p => p.GotoAsync("/")) { Empty = true, User = "conor" },
        ["ask-answer"] = new(async p =>
        {
            await AskAsync(p, "How long are VHF recordings kept?");
            await p.GotoAsync("/");
            await AskAsync(p, "Wer bezahlt den Schlepper, wenn die Wetterbedingungen es verlangen?");
            await p.GotoAsync("/");
            await AskAsync(p, Question);
            if (p.ViewportSize!.Width > 900)
                await p.Locator(".sentence").First.ClickAsync();
        }),
        ["ask-evidence"] = new(async p =>
        {
            await AskAsync(p, Question);
            await p.Locator(".cite").Nth(1).ClickAsync();
        }),
        ["ask-missing"] = new(p => AskAsync(p, "What does the kraken of Northmoor cost a day?")),
        ["ask-degraded"] = new(p => AskAsync(p, "Tell me about tugs, degraded")) { Model = true },
        ["ask-model"] = new(p => AskAsync(p, Question)) { Model = true },
        ["ask-working"] = new(async p =>
        {
            await p.GotoAsync("/");
            await p.GetByLabel("Your question").FillAsync("Tell me slowly: when is a slow tug compulsory?");
            await p.Keyboard.PressAsync("Enter");
            await p.GetByText("Picking the sentences").WaitForAsync();
        }),
        ["ask-compare"] = new(async p =>
        {
            await AskAsync(p, Question);
            await p.GetByRole(AriaRole.Link, new() { Name = "Compare with the floor" }).ClickAsync();
            await p.GetByRole(AriaRole.Heading, new() { Name = "The floor" }).WaitForAsync();
        }) { Model = true },
        ["ask-palette"] = new(async p =>
        {
            await p.GotoAsync("/");
            await p.Keyboard.PressAsync("Control+k");
            await p.Locator(".palette input").FillAsync("moor");
            await p.Locator(".palette a", new() { HasText = "MR-2026" }).WaitForAsync();
        }),
        ["ask-source"] = new(async p =>
        {
            await p.GotoAsync("/");
            var sources = p.Locator(".composer [data-source]");
            await sources.SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await p.GetByLabel("Your question").FillAsync(Question);
        }),
        ["ask-keys"] = new(async p =>
        {
            await p.GotoAsync("/documents");
            await p.Keyboard.PressAsync("?");
        }),
        ["search"] = new(p => p.GotoAsync("/search?q=tug+compulsory+kraken")),
        ["documents"] = new(async p =>
        {
            await p.GotoAsync("/documents");
            await p.GetByText("35 of 84").WaitForAsync();
        }) { Running = true },
        ["documents-member"] = new(p => p.GotoAsync("/documents")) { User = "conor" },
        ["documents-failed"] = new(p => p.GotoAsync("/documents?status=failed")),
        ["documents-none"] = new(p => p.GotoAsync("/documents?q=zeppelin")),
        ["documents-empty"] = new(p => p.GotoAsync("/documents")) { Empty = true },
        ["documents-upload"] = new(async p =>
        {
            await p.GotoAsync("/documents");
            await p.Locator("input[type=file]").SetInputFilesAsync(new FilePayload[]
            {
                new() { Name = "anlegebestimmungen-2026.md", MimeType = "text/markdown", Buffer = "# Neu"u8.ToArray() },
                new() { Name = "broken.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7"u8.ToArray() },
            });
            await p.GetByText("it has no end").WaitForAsync();
        }),
        ["documents-removed"] = new(async p =>
        {
            await p.GotoAsync("/documents?q=MR-2024");
            await p.GetByRole(AriaRole.Button, new() { Name = "Remove" }).First.ClickAsync();
            await p.GetByRole(AriaRole.Button, new() { Name = "Undo" }).WaitForAsync();
        }),
        ["document-text"] = new(
            p => p.GotoAsync(
                $"/documents/mooring?version=1&start={HarbourPapers.MooringText.IndexOf("A tug", StringComparison.Ordinal)}&end={HarbourPapers.MooringText.IndexOf("Berth |", StringComparison.Ordinal) - 1}#hit")),
        ["document-superseded"] = new(p => p.GotoAsync("/documents/mooring24")),
        ["document-pdf"] = new(async p =>
        {
            await p.GotoAsync("/documents/tariff?version=1&start=9&end=70#hit");
            await p.Locator(".sheet img").First.EvaluateAsync("i => i.decode()");
        }),
        ["document-long-words"] = new(p => p.GotoAsync("/documents/endless")),
        ["trace"] = new(p => p.GotoAsync("/traces/t1")),
        ["models"] = new(p => p.GotoAsync("/models")),
        ["models-spend"] = new(p => p.GotoAsync("/models#spend-title")),
        ["models-empty"] = new(p => p.GotoAsync("/models")) { Empty = true },
        ["models-no-right"] = new(p => p.GotoAsync("/models")) { User = "conor" },
        ["models-key"] = new(async p =>
        {
            await p.GotoAsync("/models");
            await p.GetByRole(AriaRole.Combobox, new() { Name = "Provider" }).FillAsync("claude");
            await p.Locator("[name=key]").FillAsync("sk-ant-not-a-real-key-3f9a");
            await p.Keyboard.PressAsync("Enter");
            await p.GetByText("Stored: claude").WaitForAsync();
        }),
        ["models-tried"] = new(async p =>
        {
            await p.GotoAsync("/models");
            await p.GetByRole(AriaRole.Button, new() { Name = "Try claude/claude-sonnet-5-5" }).ClickAsync();
            await p.GetByText("A tug is compulsory").WaitForAsync();
        }),
        ["models-compare"] = new(async p =>
        {
            await p.GotoAsync("/models/compare");
            await p.GetByLabel("Prompt").FillAsync("When must a ship take a tug, and who pays for it?");
            await p.GetByRole(AriaRole.Button, new() { Name = "Ask them" }).ClickAsync();
            await p.GetByText("A tug is compulsory").WaitForAsync();
        }),
        ["training"] = new(p => p.GotoAsync("/training")),
        ["training-empty"] = new(p => p.GotoAsync("/training")) { Empty = true },
        ["training-no-right"] = new(p => p.GotoAsync("/training")) { User = "conor" },
        ["training-start"] = new(p => p.GotoAsync("/training/start")),
        ["training-start-empty"] = new(p => p.GotoAsync("/training/start")) { Empty = true },
        ["training-start-chosen"] = new(async p =>
        {
            await p.GotoAsync("/training/start");
            await p.GetByRole(AriaRole.Link, new() { Name = "Which ships come late" }).ClickAsync();
            await p.GetByRole(AriaRole.Button, new() { Name = "Train ship-delay" }).WaitForAsync();
        }),
        ["training-start-no-data"] = new(p => p.GotoAsync("/training/start?recipe=recipes%2Fliegeplatz-gebuehren.yaml")),
        ["training-start-mistakes"] = new(p => p.GotoAsync("/training/start?recipe=recipes%2Ftugs.yaml")),
        ["training-start-no-right"] = new(p => p.GotoAsync("/training/start")) { User = "conor" },
        ["training-started"] = new(async p =>
        {
            await p.GotoAsync("/training/start?recipe=recipes%2Fships.yaml");
            await p.GetByRole(AriaRole.Button, new() { Name = "Train ship-delay" }).ClickAsync();
            await p.GetByRole(AriaRole.Button, new() { Name = "Stop and keep" }).WaitForAsync();
        }),
        ["training-running"] = new(p => p.GotoAsync("/training/experiments/01m7zjke1dv85jdnrgdfa6x577")),
        ["training-ended"] = new(p => p.GotoAsync("/training/experiments/01m7zjjg2e1jezenejkjkkfp0s")),
        ["training-searched"] = new(p => p.GotoAsync("/training/experiments/01m7zjhh2e1jezenejkjk4q7ta")),
        ["training-failed"] = new(p => p.GotoAsync("/training/experiments/01m7zhaa1dv85jdnrgdf0b3r9d")),
        ["training-compare"] = new(async p =>
        {
            await p.GotoAsync("/training");
            await p.GetByLabel("Compare kkfp0s").CheckAsync();
            await p.GetByLabel("Compare k4q7ta").CheckAsync();
            await p.GetByRole(AriaRole.Button, new() { Name = "Compare chosen" }).ClickAsync();
            await p.GetByRole(AriaRole.Heading, new() { Name = "2 experiments side by side" }).WaitForAsync();
        }),
        ["training-model"] = new(p => p.GotoAsync("/training/models/ship-delay")),
        ["training-predicted"] = new(async p =>
        {
            await p.GotoAsync("/training/models/ship-delay");
            await p.GetByLabel("wind").FillAsync("25");
            await p.Keyboard.PressAsync("Enter");
            await p.GetByText("92.8 %").WaitForAsync();
        }),
        ["training-promoted"] = new(async p =>
        {
            await p.GotoAsync("/training/models/ship-delay");
            await p.GetByRole(AriaRole.Button, new() { Name = "Promote version 1" }).ClickAsync();
            await p.GetByText("Version 1 predicts").WaitForAsync();
        }),
        ["people"] = new(p => p.GotoAsync("/people")),
        ["people-invited"] = new(async p =>
        {
            await p.GotoAsync("/people");
            await p.GetByLabel("Name").FillAsync("mirela");
            await p.Locator(".invite [name=groups]").FillAsync("legal");
            await p.Keyboard.PressAsync("Enter");
            await p.GetByLabel("One-time link").WaitForAsync();
        }),
        ["people-taken"] = new(async p =>
        {
            await p.GotoAsync("/people");
            await p.GetByLabel("Name").FillAsync("rosa");
            await p.Keyboard.PressAsync("Enter");
            await p.GetByRole(AriaRole.Alert).WaitForAsync();
        }) { Fails = true },
        ["people-no-right"] = new(p => p.GotoAsync("/people")) { User = "conor" },
        ["keys"] = new(p => p.GotoAsync("/keys")),
        ["keys-empty"] = new(p => p.GotoAsync("/keys")) { Empty = true },
        ["keys-made"] = new(async p =>
        {
            await p.GotoAsync("/keys");
            await p.GetByLabel("Whose rights it has").SelectOptionAsync("conor");
            await p.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
            await p.GetByLabel("API key", new() { Exact = true }).WaitForAsync();
        }),
        ["keys-revoke"] = new(async p =>
        {
            await p.GotoAsync("/keys");
            await p.Locator(".api-key summary").First.ClickAsync();
            await p.GetByText("It can't be brought back").First.WaitForAsync();
        }),
        ["keys-no-right"] = new(p => p.GotoAsync("/keys")) { User = "conor" },
        ["doctor"] = new(p => p.GotoAsync("/doctor")),
        ["doctor-well"] = new(p => p.GotoAsync("/doctor")) { Empty = true },
        ["doctor-no-right"] = new(p => p.GotoAsync("/doctor")) { User = "conor" },
        ["me-owner"] = new(p => p.GotoAsync("/me")),
        ["me"] = new(p => p.GotoAsync("/me")) { User = "rosa" },
        ["sign-in"] = new(p => p.GotoAsync("/sign-in?return=/documents")) { User = null },
        ["sign-in-expired"] = new(p => p.GotoAsync("/sign-in/0ld")) { User = null, Fails = true },
        ["error-404"] = new(p => p.GotoAsync("/documents/nowhere")) { Fails = true },
        ["error-path"] = new(p => p.GotoAsync("/nowhere")) { Fails = true },
        ["error-500"] = new(p => p.GotoAsync("/broken")) { Fails = true },
    };

    public static async Task AskAsync(IPage page, string question)
    {
        if (page.Url == "about:blank")
            await page.GotoAsync("/");
        await page.GetByLabel("Your question").FillAsync(question);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".turn:not(.pending) .engine-line").WaitForAsync();
    }
}
