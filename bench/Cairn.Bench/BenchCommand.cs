namespace Cairn.Bench;

/// <summary>The command <c>bench/run</c>: progress goes to standard error, figures to standard output.</summary>
internal static class BenchCommand
{
    private static readonly ISuite[] Suites =
    [
        new SearchSuite(), new AnswerSuite(), new CompanySuite(), new IngestSuite(), new FirstRunSuite(), new GatewaySuite(),
        new SchemaSuite(), new TokensSuite(), new SimilarSuite(), new LearningSuite(),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--list"])
        {
            foreach (var suite in Suites)
                Console.WriteLine(suite.Name);
            return 0;
        }
        var chosen = args.Length > 0 ? Suites.FirstOrDefault(s => s.Name == args[0]) : null;
        if (chosen is null)
        {
            await Console.Error.WriteLineAsync(
                $"usage: bench/run SUITE [--quick], SUITE one of: {string.Join(", ", Suites.Select(s => s.Name))}");
            return 2;
        }
        try
        {
            await chosen.RunAsync(new BenchOptions(args.Contains("--quick"), [.. args.Skip(1)]));
            return 0;
        }
        catch (BenchException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 3;
        }
    }
}
