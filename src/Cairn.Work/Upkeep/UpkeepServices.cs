using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Work;

public static class UpkeepServices
{
    /// <summary>
    /// Cuts back what would grow for ever, once a day, as a durable job. Modules add their <see cref="IUpkeepTask"/>s, and those that refer
    /// to blobs their <see cref="Cairn.Storage.IBlobReferences"/>. Needs storage and <see cref="WorkServices.AddCairnWork"/>.
    /// </summary>
    public static IServiceCollection AddCairnUpkeep(this IServiceCollection services, UpkeepOptions? options = null) => services
        .AddSingleton(options ?? new UpkeepOptions())
        .AddSingleton<Func<IEnumerable<IJobHandler>>>(p => p.GetServices<IJobHandler>)
        .AddSingleton<IUpkeepTask, FinishedJobs>()
        .AddSingleton<IUpkeepTask, PassedChanges>()
        .AddSingleton<IUpkeepTask, UnusedBlobs>()
        .AddSingleton<IJobHandler, UpkeepJob>()
        .AddSingleton<UpkeepSchedule>()
        .AddSingleton<IUpkeep>(p => p.GetRequiredService<UpkeepSchedule>())
        .AddHostedService(p => p.GetRequiredService<UpkeepSchedule>());
}
