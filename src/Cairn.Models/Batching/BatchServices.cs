using Cairn.Storage;
using Cairn.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Models;

public static class BatchServices
{
    /// <summary>
    /// Adds <see cref="IBatches"/> and the job that makes their calls. Needs storage, jobs, <see cref="IAccess"/> and
    /// <see cref="IGateway"/>.
    /// </summary>
    public static IServiceCollection AddModelBatches(this IServiceCollection services) => services
        .AddSingleton<IMigrations, BatchMigrations>()
        .AddSingleton<BatchStore>()
        .AddSingleton<IBlobReferences>(p => p.GetRequiredService<BatchStore>())
        .AddSingleton<IJobHandler, BatchJob>()
        .AddSingleton<IBatches, Batches>();
}
