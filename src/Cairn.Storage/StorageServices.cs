using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cairn.Storage;

public static class StorageServices
{
    /// <summary>
    /// Registers <see cref="IDatabase"/>, <see cref="IChangeFeed"/> and <see cref="IBlobs"/>. Modules add their <see cref="IMigrations"/>
    /// as singletons; they are applied in the order of registration.
    /// </summary>
    public static IServiceCollection AddCairnStorage(this IServiceCollection services, DatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdentifiers, Identifiers>();
        services.AddSingleton(options);
        services.AddSingleton<FeedSignal>();
        services.AddSingleton<IChangeFeed, ChangeFeed>();
        services.AddSingleton<IDoctorCheck, StorageCheck>();
        if (options.Engine == DatabaseEngine.Sqlite)
        {
            services.AddSingleton<IDatabase, SqliteDatabase>();
            services.AddSingleton<IBlobs>(p => new FileBlobs(options.BlobFolder!, p.GetRequiredService<IIdentifiers>(),
                p.GetRequiredService<TimeProvider>()));
        }
        else
        {
            services.AddSingleton<PostgreSqlDatabase>();
            services.AddSingleton<IDatabase>(p => p.GetRequiredService<PostgreSqlDatabase>());
            services.AddSingleton<IBlobs, PostgreSqlBlobs>();
        }
        return services;
    }
}
