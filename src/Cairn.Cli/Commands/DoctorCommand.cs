using System.CommandLine;
using System.Text.Json;

namespace Cairn.Cli.Commands;

internal static class DoctorCommand
{
    public static Command Create()
        => new CairnCommand("doctor", "Check what this workspace needs, and say how to mend it", "cairn doctor").Runs(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var report = await connection.Api.GetAsync("doctor", null, cancellationToken);
        if (invocation.Json)
            invocation.PrintJson(report);
        var failed = false;
        foreach (var check in report.GetProperty("checks").EnumerateArray())
        {
            var status = check.GetProperty("status").GetString()!;
            failed |= status == "failed";
            if (invocation.Json)
                continue;
            invocation.Output.WriteLine($"{status,-8} {check.GetProperty("name").GetString()}: {check.GetProperty("detail").GetString()}");
            if (status != "ok" && check.TryGetProperty("fix", out var fix) && fix.ValueKind == JsonValueKind.String
                && fix.GetString() is { Length: > 0 } mend)
                invocation.Output.WriteLine($"{"",-8} {mend}");
        }
        return failed ? ExitCodes.No : ExitCodes.Done;
    }
}
