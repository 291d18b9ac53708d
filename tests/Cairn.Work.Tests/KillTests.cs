using System.Globalization;
using Cairn.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Work.Tests;

public sealed class KillTests
{
    // Over a second: each round starts a .NET process.
    [Fact]
    public async Task A_job_whose_process_is_killed_again_and_again_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        await using var services = CountingProcess.Services(folder.Path);
        var jobs = services.GetRequiredService<IJobs>();
        var job = await jobs.EnqueueAsync(new() { Tenant = Tenants.Default, Kind = "count", Input = "{}" }, default);
        var random = new Random(3);
        var reached = 0;
        for (var round = 0; round < 5; round++)
        {
            using var process = CountingProcess.Start(folder.Path);
            var numbers = random.Next(1, 50);
            // A few more than are waited for, so that the kill meets it at work.
            await process.StandardInput.WriteAsync(new string('\n', numbers + 5));
            await process.StandardInput.FlushAsync();
            for (var n = 0; n < numbers; n++)
            {
                var next = int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
                // What it printed last may have been overtaken by one checkpoint that it had no time to print.
                Assert.InRange(next, reached + 1, n == 0 && round > 0 ? reached + 2 : reached + 1);
                reached = next;
            }
            process.Kill();
            await process.WaitForExitAsync();
            while (await process.StandardOutput.ReadLineAsync() is { } line)
                reached = int.Parse(line, CultureInfo.InvariantCulture);
        }
        Assert.Equal(JobStatus.Running, (await jobs.FindAsync(job.Tenant, job.Id, default))!.Status);

        using var last = CountingProcess.Start(folder.Path);
        last.StandardInput.Close();
        var done = job;
        await foreach (var state in jobs.FollowAsync(job.Tenant, job.Id, default))
            done = state;
        await last.WaitForExitAsync();

        Assert.Equal((JobStatus.Done, $"{CountingProcess.Goal}", 1), (done.Status, done.Output, done.Attempt));
    }
}
