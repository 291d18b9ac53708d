using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cairn.Models;

public static class ModelsServices
{
    /// <summary>Adds <see cref="IRoutes"/> and <see cref="IProviderDetection"/> over what the workspace declares.</summary>
    public static IServiceCollection AddCairnModels(this IServiceCollection services, ModelsDeclaration models, ISettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ProviderTransport>(ProviderClients.DefaultTransport);
        return services
            .AddSingleton(models)
            .AddSingleton(settings)
            .AddSingleton<ProviderClients>()
            .AddSingleton<ModelHealth>()
            .AddSingleton<IRoutes, Routes>()
            .AddSingleton<IProviderDetection, ProviderDetection>()
            .AddSingleton<IDoctorCheck, ModelsCheck>();
    }
}
