using System.Diagnostics;

namespace Cairn.EndToEnd.Tests;

/// <summary>The built <c>cairn</c>, run as a user would run it.</summary>
internal static class CairnCommandLine
{
    private static string Program { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "cairn.exe" : "cairn");

    public static async Task<Result> RunAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"cairn {string.Join(' ', arguments)} did not end within a minute.{Environment.NewLine}{await output}{await error}");
        }
        return new Result(process.ExitCode, await output, await error);
    }

    public static Process Start(string folder, params string[] arguments) => Start(folder, arguments, leader: false);

    /// <param name="leader">In a session and process group of its own, whose number is the process's.</param>
    public static Process Start(string folder, string[] arguments, bool leader)
    {
        var start = new ProcessStartInfo(leader ? "setsid" : Program, leader ? [Program, .. arguments] : arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("CAIRN_WORKSPACE");
        // The host finds the runtime that runs these tests.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..",
            "..", ".."));
        return Process.Start(start)!;
    }

    internal sealed record Result(int ExitCode, string Output, string Error);
}
