using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Cairn.Cli.Commands;

internal static class CostCommand
{
    private static readonly Option<string> By = MakeBy();
    private static readonly Option<DateOnly?> Since = DayOption("--since", "The first day, such as 2026-01-31; left out: 30 days");
    private static readonly Option<DateOnly?> Until = DayOption("--until", "The last day (UTC); left out: today");

    public static Command Create()
        => new CairnCommand("cost", "What models have cost, and how the budgets stand", "cairn cost --by user --since 2026-01-01") { By,
            Since, Until }.Runs(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var query = "cost?by=" + invocation.Value(By) + Day("since", invocation.Value(Since)) + Day("until", invocation.Value(Until));
        var report = await connection.Api.GetAsync(query, null, cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(report);
            return ExitCodes.Done;
        }
        foreach (var line in report.GetProperty("lines").EnumerateArray())
            Print(invocation.Output, line);
        invocation.Output.WriteLine(FormattableString.Invariant(
            $"{"total",-40} {report.GetProperty("costUsd").GetDecimal(),12:0.0000##} USD  {report.GetProperty("since").GetString()} to {report.GetProperty("until").GetString()}"));
        foreach (var budget in report.GetProperty("budgets").EnumerateArray())
            PrintBudget(invocation.Output, budget);
        return ExitCodes.Done;
    }

    private static void Print(TextWriter output, JsonElement line)
    {
        var name = line.GetProperty("name").GetString() is { Length: > 0 } text ? text : "(none)";
        var tokens = line.GetProperty("tokens");
        var unpriced = line.GetProperty("unpriced").GetInt64() is > 0 and var n ? $"  {n} without a known price" : "";
        output.WriteLine(FormattableString.Invariant(
            $"{name,-40} {line.GetProperty("costUsd").GetDecimal(),12:0.0000##} USD  {line.GetProperty("calls").GetInt64()} calls  {tokens.GetProperty("input").GetInt64()} + {tokens.GetProperty("output").GetInt64()} tokens{unpriced}"));
    }

    private static void PrintBudget(TextWriter output, JsonElement budget)
    {
        var (spent, lost) = (budget.GetProperty("spentUsd").GetDecimal(), budget.GetProperty("lostUsd").GetDecimal());
        var gone = lost > 0 ? FormattableString.Invariant($" ({lost:0.00##} of it lost by a crash)") : "";
        var warning = budget.GetProperty("isWarning").GetBoolean() ? "  nearly spent" : "";
        output.WriteLine(FormattableString.Invariant(
            $"budget {budget.GetProperty("for").GetString(),-33} {spent + lost,12:0.0000##} of {budget.GetProperty("limitUsd").GetDecimal():0.00##} USD for {budget.GetProperty("period").GetString()}{gone}{warning}"));
    }

    private static Option<DateOnly?> DayOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DAY",
        CustomParser = result =>
        {
            var text = result.Tokens is [var token] ? token.Value : "";
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            result.AddError($"'{text}' after {name} is no day; write it as 2026-01-31.");
            return null;
        },
    };

    private static string Day(string name, DateOnly? day) => day is null ? "" : FormattableString.Invariant($"&{name}={day:yyyy-MM-dd}");

    private static Option<string> MakeBy()
    {
        var by = new Option<string>("--by")
        {
            Description = "Sum by this; left out: model",
            HelpName = "model|app|user|key|day",
            DefaultValueFactory = _ => "model",
        };
        by.AcceptOnlyFromAmong("model", "app", "user", "key", "day");
        return by;
    }
}
