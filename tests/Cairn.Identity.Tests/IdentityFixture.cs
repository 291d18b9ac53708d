using Cairn.Storage;
using Cairn.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Identity.Tests;

/// <summary>Identity over a fresh database, with an owner.</summary>
internal sealed class IdentityFixture : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly ServiceProvider _services;

    private IdentityFixture(TestDatabase test)
    {
        _test = test;
        var services = new ServiceCollection();
        services.AddSingleton(test.Database);
        services.AddSingleton<TimeProvider>(test.Time);
        services.AddSingleton<IIdentifiers>(test.Identifiers);
        services.AddCairnIdentity();
        _services = services.BuildServiceProvider();
    }

    public static Principal Owner { get; } = Principal.Owner();

    public ManualTime Time => _test.Time;

    public IDatabase Database => _test.Database;

    public IIdentifiers Identifiers => _test.Identifiers;

    public IPeople People => _services.GetRequiredService<IPeople>();

    public IKeys Keys => _services.GetRequiredService<IKeys>();

    public ISignInLinks Links => _services.GetRequiredService<ISignInLinks>();

    public ISessions Sessions => _services.GetRequiredService<ISessions>();

    public IOwnership Ownership => _services.GetRequiredService<IOwnership>();

    public IAccess Access => _services.GetRequiredService<IAccess>();

    public static async Task<IdentityFixture> OpenAsync(DatabaseEngine engine)
    {
        var fixture = new IdentityFixture(await TestDatabase.OpenAsync(engine, new IdentityMigrations()));
        await fixture.Ownership.EnsureOwnerAsync(Tenants.Default, link: false, CancellationToken.None);
        return fixture;
    }

    public Task<User> AddAsync(string name, params string[] groups) => People.AddUserAsync(Owner, name, groups, [], CancellationToken.None);

    public Task<User> RestoreAsync(string name, params string[] groups)
        => People.RestoreUserAsync(Owner, name, groups, [], CancellationToken.None);

    public Task<Group> SetAsync(string group, params string[] members)
        => People.SetMembersAsync(Owner, group, members, CancellationToken.None);

    public Task<Principal?> ResolveAsync(string name, string tenant = Tenants.Default)
        => Access.ResolveAsync(tenant, name, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        // The database belongs to the test database.
        await _test.DisposeAsync();
    }
}
