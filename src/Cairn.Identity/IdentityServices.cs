using Cairn.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Identity;

public static class IdentityServices
{
    /// <summary>Users, groups, keys, links, sessions and rights. Needs the database, a clock and identifiers.</summary>
    public static IServiceCollection AddCairnIdentity(this IServiceCollection services)
        => services
            .AddSingleton<IMigrations, IdentityMigrations>()
            .AddSingleton<IdentityLog>()
            .AddSingleton<IAccess, Access>()
            .AddSingleton<IPeople, People>()
            .AddSingleton<ISubjects, Subjects>()
            .AddSingleton<IKeys, Keys>()
            .AddSingleton<SignInLinks>()
            .AddSingleton<ISignInLinks>(p => p.GetRequiredService<SignInLinks>())
            .AddSingleton<ISessions, Sessions>()
            .AddSingleton<IOwnership, Ownership>();
}
