using Cairn.Storage;
using Cairn.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Knowledge.Tests;

public sealed class KnowledgeMigrationsTests
{
    private sealed class FirstOnly : IMigrations
    {
        public IEnumerable<Migration> All => new KnowledgeMigrations().All.Take(1);
    }

    /// <summary>A version in two pieces, the second of which begins inside the second passage.</summary>
    private const string Before =
        """
        INSERT INTO access_set (id, tenant, canonical) VALUES (1, 'default', 'public');
        INSERT INTO document (tenant, id, source, path, file_name, title, hash, format, bytes, modified, seen, uploaded, version, version_id,
            passages, access_id, changed, live, outcome)
        VALUES ('default', 'd', 's', 'a.md', 'a.md', 'A', '', 'markdown', 20, 0, 0, 0, 1, 9, 3, 1, 0, 1, 1);
        INSERT INTO document_version (id, tenant, document, version, path, format, hash, bytes, length, blocks, notices, made)
        VALUES (9, 'default', 'd', 1, 'a.md', 'markdown', '', 20, 20, '', '[]', 0);
        INSERT INTO document_text (version_id, tenant, starts, piece) VALUES (9, 'default', 0, '0123456789'), (9, 'default', 10, 'abcdefghij');
        INSERT INTO passage (tenant, version_id, ordinal, starts, ends, heading_path, page)
        VALUES ('default', 9, 0, 0, 4, 'One › Two', NULL), ('default', 9, 1, 5, 13, '', 3), ('default', 9, 2, 14, 20, 'One', 4);
        """;

    [Theory, Engines]
    public async Task Passages_of_an_older_workspace_are_still_there(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new FirstOnly());
        await test.Database.WriteAsync(Durability.Full, s => s.ExecuteAsync(Before), default);
        var head = await test.Feed.HeadAsync(default);
        var services = new ServiceCollection().AddSingleton<IMigrations>(new KnowledgeMigrations()).AddCairnStorage(test.Options);
        await using var newer = services.BuildServiceProvider();
        var store = new PassageStore(newer.GetRequiredService<IDatabase>(), new AccessSets(new OpenAccess()));
        var passages = await store.PassagesAsync("default", "d", default);
        Assert.Equal<(string, string, int?)>([("0123", "One › Two", null), ("56789abc", "", 3), ("efghij", "One", 4)],
            passages.Select(p => (p.Text, p.HeadingPath, p.Page)).ToArray());
        Assert.Equal(passages, await store.ReadAsync(IngestedFolder.Owner, [.. passages.Select(p => p.Id)], default));
        Assert.Equal(["d"], (await newer.GetRequiredService<IChangeFeed>().ReadAsync(IPassageStore.Topic, head, 10, default))
            .Select(c => c.Entity));
    }
}
