using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cairn.Sandbox;

public static class SandboxServices
{
    /// <summary>Registers <see cref="ISandbox"/>.</summary>
    public static IServiceCollection AddCairnSandbox(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISandbox>(s => new ProcessSandbox(s.GetRequiredService<TimeProvider>()));
        return services;
    }
}
