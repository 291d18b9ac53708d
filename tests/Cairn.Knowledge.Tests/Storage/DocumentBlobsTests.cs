using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Knowledge.Tests;

public sealed class DocumentBlobsTests
{
    [Theory, Engines]
    public async Task Large_originals_and_page_images_are_used_and_nothing_else(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new KnowledgeMigrations());
        await test.Database.WriteAsync(
            Durability.Full,
            async session =>
            {
                await session.ExecuteAsync("INSERT INTO original (tenant, hash, bytes, content) VALUES ('t', 'large', 9, NULL)");
                await session.ExecuteAsync("INSERT INTO original (tenant, hash, bytes, content) VALUES ('t', 'small', 1, @content)",
                    new { content = new byte[] { 1 } });
                return await session.ExecuteAsync("INSERT INTO page_image (tenant, hash, page, blob) VALUES ('t', 'large', 1, 'image')");
            },
            default);

        var used = await test.Database.ReadAsync(s => new DocumentBlobs().AmongAsync(s, ["image", "large", "other", "small"]), default);

        Assert.Equal(["image", "large"], used.Order(StringComparer.Ordinal));
    }
}
