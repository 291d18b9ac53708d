using System.Diagnostics;
using System.Globalization;
using Cairn.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cairn.Work.Tests;

/// <summary>
/// A host with one kind of job, which counts to <see cref="Goal"/> with a checkpoint at each number and prints it: one step for each line
/// of standard input, and to the end when that closes, so that it never outlives the tests.
/// </summary>
internal static class CountingProcess
{
    public const string Argument = "--count-until-killed";

    public const int Goal = 300;

    private static readonly TaskCompletionSource Ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Process Start(string folder)
        => Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;

    public static ServiceProvider Services(string folder)
        => new ServiceCollection()
            .AddCairnStorage(DatabaseOptions.Sqlite(Path.Combine(folder, "cairn.db"), Path.Combine(folder, "blobs")))
            .AddCairnWork()
            .AddSingleton<IJobHandler, Counting>()
            .BuildServiceProvider();

    public static async Task<int> RunAsync(string folder)
    {
        await using var services = Services(folder);
        var worker = services.GetRequiredService<IHostedService>();
        await worker.StartAsync(default);
        await Ended.Task;
        await worker.StopAsync(default);
        return 0;
    }

    private sealed class Counting : IJobHandler
    {
        public string Kind => "count";

        public async Task<string> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            var n = int.Parse(context.Checkpoint ?? "0", CultureInfo.InvariantCulture);
            while (n < Goal)
            {
                await Console.In.ReadLineAsync(cancellationToken);
                n++;
                await context.SaveCheckpointAsync(n.ToString(CultureInfo.InvariantCulture), cancellationToken);
                Console.WriteLine(n);
            }
            Ended.TrySetResult();
            return n.ToString(CultureInfo.InvariantCulture);
        }
    }
}
