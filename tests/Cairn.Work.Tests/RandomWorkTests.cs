using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Work.Tests;

/// <summary>Workers that die, stall, come back late and fail, in random order: each job ends once and its effect is there once.</summary>
public sealed class RandomWorkTests
{
    private const string Do = "INSERT INTO effects (tenant, job, token) VALUES (@Tenant, @Id, @token)";

    [Theory, Engines]
    public async Task Whatever_happens_to_workers_every_job_ends_with_its_effect_done_once(DatabaseEngine engine)
    {
        var rounds = engine == DatabaseEngine.Sqlite ? 12 : 4;
        for (var seed = 0; seed < rounds; seed++)
            await RunAsync(engine, new Random(seed));
    }

    private static async Task RunAsync(DatabaseEngine engine, Random random)
    {
        await using var shop = await Workshop.OpenAsync(engine, new EffectMigrations());
        shop.Options = new WorkOptions { MostLostLeases = 1_000 };
        var jobs = new List<Job>();
        var dead = new List<JobRow>();
        for (var step = 0; step < 60; step++)
        {
            switch (random.Next(7))
            {
                case 0 or 1:
                    jobs.Add(await shop.EnqueueAsync(maxAttempts: 1_000));
                    break;
                case 2 when await shop.LeaseAndDieAsync() is { } lost:
                    dead.Add(lost);
                    break;
                case 3 when dead.Count > 0:
                    await ComeBackAsync(shop, dead[random.Next(dead.Count)]);
                    break;
                case 4:
                    await shop.Worker((_, _) => throw new InvalidTimeZoneException()).RunNextAsync(default);
                    break;
                case 5 when jobs.Count > 0:
                    await shop.Jobs.CancelAsync(Tenants.Default, jobs[random.Next(jobs.Count)].Id, default);
                    break;
                default:
                    await WorkAsync(shop);
                    break;
            }
            shop.Time.Advance(TimeSpan.FromSeconds(random.Next(20)));
        }
        for (var idle = 0; idle < 2;)
        {
            idle = await WorkAsync(shop) ? 0 : idle + 1;
            shop.Time.Advance(shop.Options.LongestPause);
        }

        var effects = await shop.Database.ReadAsync(s => s.QueryAsync<string>("SELECT job FROM effects ORDER BY job"), default);
        var ended = await shop.Jobs.ListAsync(Tenants.Default, null, int.MaxValue, default);
        Assert.Equal(jobs.Count, ended.Count);
        Assert.All(ended, j => Assert.True(j.Status is JobStatus.Done or JobStatus.Cancelled, $"{j.Id} is {j.Status}"));
        Assert.Equal(ended.Where(j => j.Status == JobStatus.Done).Select(j => j.Id).Order(StringComparer.Ordinal), effects);
    }

    private static Task<bool> WorkAsync(Workshop shop) => shop.Worker(async (context, _) =>
    {
        await shop.Database.WriteAsync(Durability.Full, async session =>
        {
            await context.RequireLeaseAsync(session);
            await session.ExecuteAsync(Do, new { context.Job.Tenant, context.Job.Id, token = context.FencingToken });
        }, default);
        return "1";
    }).RunNextAsync(default);

    /// <summary>A worker that everyone took for dead goes on where it was: with its lease still good it may, without it must not.</summary>
    private static async Task ComeBackAsync(Workshop shop, JobRow old)
    {
        try
        {
            await shop.Database.WriteAsync(Durability.Full, async session =>
            {
                await JobStore.RequireAsync(session, old);
                await session.ExecuteAsync(Do, new { old.Tenant, old.Id, token = old.Token });
                await shop.Store.EndAsync(session, old, new(JobStatus.Done) { Output = "late" }, null);
            }, default);
        }
        catch (LeaseLostException)
        {
            var now = await shop.Store.FindAsync(old.Tenant, old.Id, default);
            Assert.True(now!.Token > old.Token || now.Status != JobStatus.Running);
        }
    }

    private sealed class EffectMigrations : IMigrations
    {
        public IEnumerable<Migration> All
            => [new("effects", 1, "CREATE TABLE effects (tenant text NOT NULL, job text NOT NULL, token bigint NOT NULL, PRIMARY KEY (tenant, job))")];
    }
}
