using Cairn.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cairn.Models;

public static class LimitServices
{
    /// <summary>Adds <see cref="ICallLimits"/>.</summary>
    /// <param name="shared">Several servers may use the database: the limits are shared out between them.</param>
    public static IServiceCollection AddModelLimits(this IServiceCollection services, LimitsDeclaration limits, bool shared)
    {
        services.AddSingleton(p => new CallLimits(limits, p.GetRequiredService<TimeProvider>(), shared));
        services.AddSingleton<ICallLimits>(p => p.GetRequiredService<CallLimits>());
        if (!shared || limits.Rules.IsEmpty)
            return services;
        return services
            .AddSingleton(p => new ShareStore(p.GetRequiredService<IDatabase>(), p.GetRequiredService<IIdentifiers>().New()))
            .AddSingleton<IHostedService, LimitShares>();
    }
}
