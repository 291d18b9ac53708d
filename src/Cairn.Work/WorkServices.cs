using Cairn.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cairn.Work;

public static class WorkServices
{
    /// <summary>
    /// Registers <see cref="IJobs"/> and the hosted worker. Modules add their <see cref="IJobHandler"/>s as singletons. Needs storage.
    /// </summary>
    public static IServiceCollection AddCairnWork(this IServiceCollection services, WorkOptions? options = null)
    {
        services.AddLogging();
        services.AddSingleton<IMigrations, WorkMigrations>();
        services.AddSingleton(options ?? new WorkOptions());
        services.AddSingleton<JobStore>();
        services.AddSingleton<IBlobReferences>(p => p.GetRequiredService<JobStore>());
        services.AddSingleton<JobBoard>();
        services.AddSingleton<IJobs, Jobs>();
        services.AddSingleton<JobWorker>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<JobWorker>());
        return services;
    }
}
