namespace Cairn.Storage;

/// <summary>Brings a database up to the program's schema, one transaction per step, and refuses a database that is ahead of it.</summary>
internal sealed class Migrator(IEnumerable<IMigrations> modules)
{
    private const string CreateTable =
        "CREATE TABLE IF NOT EXISTS schema_migrations (module text NOT NULL, number integer NOT NULL, PRIMARY KEY (module, number))";

    private const string Applied = "SELECT module, number FROM schema_migrations";

    private const string Record = "INSERT INTO schema_migrations (module, number) VALUES (@Module, @Number) ON CONFLICT DO NOTHING";

    private readonly IReadOnlyList<Migration> _all =
    [
        .. new StorageMigrations().All,
        .. modules.SelectMany(m => m.All.OrderBy(s => s.Number)),
    ];

    /// <param name="write">Runs one transaction; the database is not open for others yet.</param>
    public async Task ApplyAsync(Func<Func<WriteSession, Task>, Task> write)
    {
        foreach (var twice in _all.CountBy(m => (m.Module, m.Number)).Where(c => c.Value > 1))
            throw new InvalidOperationException($"Migration {twice.Key.Number} of module {twice.Key.Module} is registered twice.");
        HashSet<(string, int)> applied = [];
        await write(async session =>
        {
            await session.ExecuteAsync(CreateTable);
            applied = [.. await session.QueryAsync<(string, int)>(Applied)];
        });
        RefuseNewer(applied);
        foreach (var migration in _all.Where(m => !applied.Contains((m.Module, m.Number))))
            await write(session => ApplyAsync(session, migration));
    }

    private static async Task ApplyAsync(WriteSession session, Migration migration)
    {
        // Another process may have been faster; the record decides, in this transaction.
        if (await session.ExecuteAsync(Record, new { migration.Module, migration.Number }) == 0)
            return;
        await session.ExecuteAsync(Dialect.Schema(session.Engine, migration));
    }

    private void RefuseNewer(IEnumerable<(string Module, int Number)> applied)
    {
        var newest = _all.GroupBy(m => m.Module).ToDictionary(g => g.Key, g => g.Max(m => m.Number));
        foreach (var (module, number) in applied)
            if (newest.TryGetValue(module, out var known) && number > known)
                throw new CairnException(
                    ErrorKind.Environment,
                    "database.newer",
                    $"The database was written by a newer Cairn: its {module} schema is at step {number}, this program knows {known}.",
                    "Run the newer Cairn again, or restore a backup that this version made.");
    }
}
