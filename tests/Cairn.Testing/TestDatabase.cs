using Cairn.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Testing;

/// <summary>
/// A fresh, empty database for one test. Use:
/// <code>
/// [Theory, Engines]                                        // runs on SQLite and PostgreSQL; skips with the reason where one is missing
/// public async Task A_sentence(DatabaseEngine engine)
/// {
///     await using var test = await TestDatabase.OpenAsync(engine, new MyMigrations());
///     var store = new MyStore(test.Database, test.Time);   // also test.Feed, test.Blobs, test.Identifiers, test.Folder
/// </code>
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TemporaryFolder _folder = new();

    private TestDatabase(DatabaseEngine engine, string? connectionString, IMigrations[] migrations)
    {
        Options = engine == DatabaseEngine.Sqlite
            ? DatabaseOptions.Sqlite(_folder["cairn.db"], _folder["blobs"])
            : DatabaseOptions.PostgreSql(connectionString!);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IIdentifiers>(Identifiers);
        foreach (var module in migrations)
            services.AddSingleton(module);
        services.AddCairnStorage(Options);
        _services = services.BuildServiceProvider();
    }

    public IDatabase Database => _services.GetRequiredService<IDatabase>();

    public IChangeFeed Feed => _services.GetRequiredService<IChangeFeed>();

    public IBlobs Blobs => _services.GetRequiredService<IBlobs>();

    public ManualTime Time { get; } = new();

    public SequentialIdentifiers Identifiers { get; } = new();

    /// <summary>Where the SQLite file and its blobs are; for PostgreSQL an empty folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>To open a second <see cref="IDatabase"/> on the same state, as another process would.</summary>
    public DatabaseOptions Options { get; }

    public static async Task<TestDatabase> OpenAsync(DatabaseEngine engine, params IMigrations[] migrations)
    {
        var target = engine == DatabaseEngine.PostgreSql ? await PostgreSqlServer.CreateDatabaseAsync() : null;
        var test = new TestDatabase(engine, target, migrations);
        await test.Database.OpenAsync(CancellationToken.None);
        return test;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (Options.Engine == DatabaseEngine.PostgreSql)
            await PostgreSqlServer.DropDatabaseAsync(Options.Target);
        _folder.Dispose();
    }
}
