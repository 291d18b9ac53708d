using Cairn.Storage;
using Cairn.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Cairn.Training;

public static class TrainingServices
{
    /// <summary>
    /// Adds <see cref="IExperiments"/>, <see cref="IModelRegistry"/> and <see cref="IPredictions"/>. Needs storage, jobs and
    /// <see cref="IAccess"/>.
    /// </summary>
    public static IServiceCollection AddCairnTraining(this IServiceCollection services, TrainingOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdentifiers, Identifiers>();
        return services
            .AddSingleton(options ?? new TrainingOptions())
            .AddSingleton<IMigrations, TrainingMigrations>()
            .AddSingleton<IBlobReferences, TrainingBlobs>()
            .AddSingleton<ExperimentStore>()
            .AddSingleton<VersionStore>()
            .AddSingleton<ServedStore>()
            .AddSingleton<RunningTrainings>()
            .AddSingleton<IMemoryMeter>(options?.MostMemory is { } most ? new FixedMemory(most) : new MachineMemory())
            .AddSingleton<TrainingMemory>()
            .AddSingleton<IJobHandler, TrainingJob>()
            .AddSingleton<IExperiments, Experiments>()
            .AddSingleton<IModelRegistry, ModelRegistry>()
            .AddSingleton<ServedModels>()
            .AddSingleton<PredictionCounter>()
            .AddSingleton<IHostedService>(p => p.GetRequiredService<PredictionCounter>())
            .AddSingleton<IPredictions, Predictions>();
    }
}
