using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cairn.Models;

public static class ModelsServices
{
    /// <summary>Adds <see cref="IRoutes"/> and <see cref="IProviderDetection"/> over what the workspace declares.</summary>
    public static IServiceCollection AddCairnModels(this IServiceCollection services, ModelsDeclaration models, ISettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdentifiers, Identifiers>();
        services.TryAddSingleton<ProviderTransport>(ProviderClients.DefaultTransport);
        services.TryAddEnumerable(ProviderKinds.BuiltIn.Select(kind => new ServiceDescriptor(typeof(IProviderKind), kind)));
        foreach (var protocol in WireFormats.Protocols)
            services.AddSingleton(p => p.GetRequiredService<WireFormats>().Of(protocol));
        return services
            .AddSingleton(new ModelsInForce(models))
            .AddSingleton(settings)
            .AddSingleton<ProviderClients>()
            .AddSingleton<IUpstreams>(p => p.GetRequiredService<ProviderClients>())
            .AddSingleton<Targets>()
            .AddSingleton<GatewayMeter>()
            .AddSingleton<IGatewayMetrics, GatewayMetrics>()
            .AddSingleton(_ => new Chance())
            .AddSingleton(p => new Router(
                p.GetRequiredService<ModelsInForce>(), p.GetRequiredService<Targets>(), p.GetService<IModelCatalog>(),
                p.GetRequiredService<Chance>(), p.GetRequiredService<TimeProvider>()))
            .AddSingleton<ITokenCounter>(p => new TokenCounter(
                new TokenizerFiles(models.Tokenizers),
                new ProviderCounts(p.GetRequiredService<IUpstreams>(), p.GetRequiredService<TimeProvider>()).CountAsync))
            .AddSingleton<IReplyCache>(p => new ReplyCache(models.Cache, p.GetRequiredService<TimeProvider>()))
            .AddSingleton(p => new GatewayPorts
            {
                Router = p.GetRequiredService<Router>(),
                Time = p.GetRequiredService<TimeProvider>(),
                Chance = p.GetRequiredService<Chance>(),
                Meter = p.GetRequiredService<GatewayMeter>(),
                Budgets = p.GetService<IBudgets>(),
                Limits = p.GetService<ICallLimits>(),
                Cache = p.GetService<IReplyCache>(),
                Asked = new AskedQuestions(models.Cache.Bytes / 4),
                Catalog = p.GetService<IModelCatalog>(),
                Tokens = p.GetService<ITokenCounter>(),
                Apps = p.GetService<IAppModels>,
                Log = p.GetService<ICallLog>(),
            })
            .AddSingleton<IModelsReload>(p => new ModelsReload(
                p.GetRequiredService<ModelsInForce>(), p.GetRequiredService<ProviderClients>(), p.GetRequiredService<Targets>(),
                p.GetRequiredService<Router>(), p.GetService<IModelCatalog>()))
            .AddSingleton<Gateway>()
            .AddSingleton<IGateway>(p => p.GetRequiredService<Gateway>())
            .AddSingleton<WireFormats>()
            .AddSingleton<IRoutes, Routes>()
            .AddSingleton<IProviderDetection, ProviderDetection>()
            .AddSingleton<IModelInventory, ModelInventory>()
            .AddSingleton<IModelTrials, ModelTrials>()
            .AddSingleton<ISimilarityTrials, SimilarityTrials>()
            .AddSingleton<IDoctorCheck, ModelsCheck>();
    }

    /// <summary>Adds <see cref="IModelCatalog"/>.</summary>
    /// <param name="workspace">Of the workspace's own file.</param>
    /// <param name="shipped">Read at the first question only.</param>
    public static IServiceCollection AddModelCatalog(
        this IServiceCollection services, IReadOnlyList<CatalogEntry> workspace, Func<IReadOnlyList<CatalogEntry>> shipped)
        => services.AddSingleton<IModelCatalog>(p => new ModelCatalog(workspace, shipped, p.GetRequiredService<ProviderClients>().HostOf));
}
