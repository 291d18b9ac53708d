using System.Diagnostics;
using System.Text.Json;

namespace Cairn.Bench;

/// <summary>
/// What a newcomer waits for: a fresh clone of the committed repository (packages already in the machine's cache),
/// <c>./cairn up</c>, both sources read, the first cited answer. Then memory at rest, the command's own time, idleness, and the stop.
/// <c>--quick</c> asks fewer times. Beside the times on the clock stand processor seconds, which other work on the machine hardly changes.
/// </summary>
internal sealed class FirstRunSuite : ISuite
{
    private const string Question = "Which tug carries the harbour boom?";

    public string Name => "firstrun";

    public async Task RunAsync(BenchOptions options)
    {
        var repository = BenchRepository.Root;
        var folder = Directory.CreateTempSubdirectory("cairn-firstrun-").FullName;
        using var tools = new BuildTools(folder);
        try
        {
            await Program.RunAsync(repository, tools.Environment, "dotnet", "restore", "src/Cairn.Cli/Cairn.Cli.csproj", "-v", "quiet");
            tools.Stop();
            Console.Error.WriteLine($"load: {File.ReadAllText("/proc/loadavg").Trim()}");
            var clock = Stopwatch.StartNew();
            var clone = Path.Combine(folder, "clone");
            await Program.RunAsync(folder, tools.Environment, "git", "clone", "--quiet", "--no-hardlinks", repository, clone);
            var cloned = clock.Elapsed;
            var port = FirstRunServer.FreePort();
            var started = clock.Elapsed;
            var launched = DateTime.UtcNow;
            await using var server = await FirstRunServer.StartAsync(clone, tools.Environment, port);
            var ready = clock.Elapsed;
            await server.WaitForSourcesAsync();
            var read = clock.Elapsed;
            var answer = await server.AskAsync(Question);
            var answered = clock.Elapsed;
            var built = File.GetLastWriteTimeUtc(Path.Combine(clone, "artifacts", "cairn", ".dotnet")) - launched;
            Require(answer);
            Console.Error.WriteLine(FormattableString.Invariant(
                $"clone {cloned.TotalSeconds:0.0} s, build {built.TotalSeconds:0.0} s, ready {(ready - started - built).TotalSeconds:0.00} s later, sources read {(read - ready).TotalSeconds:0.0} s later, answer {(answered - read).TotalMilliseconds:0} ms later"));
            Console.Error.WriteLine(
                FormattableString.Invariant(
                    $"processor: {server.ProcessorSeconds():0.0} s with the build but the compiler server and MSBuild's nodes"));
            tools.Stop();
            Bar.AtMost("firstrun.clone-to-cited-answer", answered.TotalSeconds, "s", 60);
            Bar.AtMost("firstrun.resident", server.ResidentBytes() / (1024.0 * 1024), "MB", 512);
            var rounds = options.Quick ? 5 : 21;
            await PrintAsync("firstrun.help.p50", 150, rounds, clone, tools, "--help");
            await PrintAsync("firstrun.ask.p50", 300, rounds, clone, tools, "ask", Question, "--json");
            await IdleAsync(server, options.Quick ? 5 : 15);
            Bar.AtMost("firstrun.stop", (await server.StopAsync()).TotalSeconds, "s", 2);
            Bar.AtMost("firstrun.left-behind", ProcessTable.WithEnvironment(folder).Count, "processes", 0);
            await PrintAsync("firstrun.search-without-server.p50", 1000, options.Quick ? 3 : 7, clone, tools, "search", "storm surge berth",
                "--json");
        }
        finally
        {
            tools.Stop();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Require(JsonElement answer)
    {
        if (answer.GetProperty("status").GetString() != "answered" || answer.GetProperty("citations").GetArrayLength() == 0)
            throw new BenchException($"The first answer cites nothing: {answer}");
    }

    private static async Task PrintAsync(string name, double target, int rounds, string clone, BuildTools tools, params string[] arguments)
    {
        var (times, processor) = (new List<double>(), new List<double>());
        // The first run is not counted: it may wait for the disk.
        for (var round = 0; round <= rounds; round++)
        {
            var before = ProcessTable.ChildrenSeconds();
            var clock = Stopwatch.StartNew();
            await Program.RunAsync(clone, tools.Environment, Path.Combine(clone, "cairn"), arguments);
            if (round == 0)
                continue;
            times.Add(clock.Elapsed.TotalMilliseconds);
            processor.Add((ProcessTable.ChildrenSeconds() - before) * 1000);
        }
        times.Sort();
        processor.Sort();
        Console.Error.WriteLine(
            FormattableString.Invariant(
                $"{name}: fastest {times[0]:0} ms, slowest {times[^1]:0} ms, processor p50 {processor[rounds / 2]:0} ms; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
        Bar.AtMost(name, times[rounds / 2], "ms", target);
    }

    private static async Task IdleAsync(FirstRunServer server, int seconds)
    {
        // For about twenty seconds the runtime goes on compiling what the questions before made hot.
        await Task.Delay(TimeSpan.FromSeconds(20));
        var before = server.ProcessorSeconds();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        Bar.AtMost("firstrun.idle", (server.ProcessorSeconds() - before) / seconds * 100, "%", 1);
    }

    private static class Program
    {
        public static async Task RunAsync(
            string folder, IReadOnlyDictionary<string, string> environment, string program, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new BenchException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: " + await output
                    + await error);
        }
    }
}
