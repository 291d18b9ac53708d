using System.Diagnostics;
using Cairn.Server;

namespace Cairn.EndToEnd.Tests;

/// <summary>Styles and scripts: how heavy they are, and whether their types hold.</summary>
public sealed class InterfaceAssetTests
{
    [Fact]
    public void All_styles_and_scripts_together_stay_under_100_kilobytes()
    {
        var bytes = new InterfaceAssets().All.Sum(a => a.Brotli.Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes} bytes compressed");
        Assert.InRange(bytes, 5_000, 100_000);
    }

    [Fact]
    public async Task Scripts_hold_to_their_types()
    {
        var folder = Checkout.Path("tests/js");
        if (!File.Exists(Path.Combine(folder, "node_modules/typescript/bin/tsc")))
            Assert.Skip("typescript is not installed: npm ci in tests/js");
        using var process = Process.Start(new ProcessStartInfo("node", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
    }
}
