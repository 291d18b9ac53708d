using System.Security.Cryptography;
using Cairn.Testing;

namespace Cairn.Storage.Tests;

public sealed class BlobsTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory, Engines]
    public async Task A_blob_comes_back_byte_for_byte_under_its_hash(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);
        foreach (var size in new[] { 0, 1, 262_143, 262_144, 262_145, 1_000_000 })
        {
            var bytes = new byte[size];
            new Random(size).NextBytes(bytes);

            var hash = await test.Blobs.PutAsync(new MemoryStream(bytes), Never);

            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), hash);
            Assert.True(await test.Blobs.ExistsAsync(hash, Never));
            await using var back = await test.Blobs.OpenAsync(hash, Never);
            var copy = new MemoryStream();
            await back.CopyToAsync(copy);
            Assert.Equal(bytes, copy.ToArray());
        }
    }

    [Theory, Engines]
    public async Task A_blob_can_be_read_from_the_middle(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);
        var bytes = new byte[600_000];
        new Random(7).NextBytes(bytes);
        await using var back = await test.Blobs.OpenAsync(await test.Blobs.PutAsync(new MemoryStream(bytes), Never), Never);

        Assert.Equal(bytes.Length, back.Length);
        back.Seek(-300_000, SeekOrigin.End);
        var half = new byte[300_000];
        await back.ReadExactlyAsync(half);

        Assert.Equal(bytes[300_000..], half);
    }

    [Theory, Engines]
    public async Task The_same_content_twice_is_one_blob(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);
        var first = await test.Blobs.PutAsync(new MemoryStream("anchor"u8.ToArray()), Never);
        Assert.Equal(first, await test.Blobs.PutAsync(new MemoryStream("anchor"u8.ToArray()), Never));

        await test.Blobs.DeleteAsync(first, Never);

        Assert.False(await test.Blobs.ExistsAsync(first, Never));
        await Assert.ThrowsAsync<FileNotFoundException>(() => test.Blobs.OpenAsync(first, Never));
    }

    [Theory, Engines]
    public async Task An_old_blob_is_deleted_unless_it_is_put_again(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);
        var (old, again) = (await test.Blobs.PutAsync(new MemoryStream("old"u8.ToArray()), Never),
            await test.Blobs.PutAsync(new MemoryStream("again"u8.ToArray()), Never));
        test.Time.Advance(TimeSpan.FromDays(2));
        var since = test.Time.GetUtcNow() - TimeSpan.FromDays(1);
        Assert.Equal(new[] { old, again }.Order(StringComparer.Ordinal), await test.Blobs.OlderAsync(since, "", 10, Never));
        Assert.Single(await test.Blobs.OlderAsync(since, new[] { old, again }.Min(StringComparer.Ordinal)!, 10, Never));
        Assert.Equal((2, 8), await test.Blobs.SizeAsync(Never));

        await test.Blobs.PutAsync(new MemoryStream("again"u8.ToArray()), Never);

        Assert.False(await test.Blobs.DeleteOlderAsync(again, since, Never));
        Assert.True(await test.Blobs.DeleteOlderAsync(old, since, Never));
        Assert.False(await test.Blobs.DeleteOlderAsync(old, since, Never));
        Assert.False(await test.Blobs.ExistsAsync(old, Never));
        Assert.True(await test.Blobs.ExistsAsync(again, Never));
        Assert.Equal((1, 5), await test.Blobs.SizeAsync(Never));
    }

    [Theory, Engines]
    public async Task Whoever_put_a_blob_keeps_it_while_old_ones_are_deleted(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);
        byte[][] contents = [.. Enumerable.Range(0, 24).Select(n => new byte[] { (byte)n, 1, 2 })];
        foreach (var content in contents)
            await test.Blobs.PutAsync(new MemoryStream(content), Never);
        test.Time.Advance(TimeSpan.FromDays(2));
        var since = test.Time.GetUtcNow() - TimeSpan.FromDays(1);

        var puts = contents.Select(c => Task.Run(() => test.Blobs.PutAsync(new MemoryStream(c), Never))).ToList();
        var deletions = contents.Select(c => Task.Run(() => test.Blobs.DeleteOlderAsync(Convert.ToHexStringLower(SHA256.HashData(c)), since,
            Never))).ToList();
        await Task.WhenAll(deletions);
        foreach (var (hash, content) in (await Task.WhenAll(puts)).Zip(contents))
        {
            await using var back = await test.Blobs.OpenAsync(hash, Never);
            var copy = new MemoryStream();
            await back.CopyToAsync(copy);
            Assert.Equal(content, copy.ToArray());
        }
        Assert.Equal((24, 72), await test.Blobs.SizeAsync(Never));
    }

    [Fact]
    public async Task What_somebody_else_is_just_putting_there_is_durable_when_the_call_returns()
    {
        await using var test = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite);
        var folder = Path.Combine(test.Folder, "blobs");
        var hash = await new FileBlobs(folder, test.Identifiers, test.Time).PutAsync(new MemoryStream("anchor"u8.ToArray()), Never);
        var synced = new List<string>();
        var second = new FileBlobs(folder, test.Identifiers, test.Time) { Synced = synced.Add };

        Assert.Equal(hash, await second.PutAsync(new MemoryStream("anchor"u8.ToArray()), Never));

        // The file and the folder it stands in were there; that they are on disk only a sync can say.
        Assert.Equal([test.Folder, folder, Path.Combine(folder, hash[..2])], synced);
    }

    [Theory, Engines]
    public async Task A_name_that_is_no_hash_is_refused(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);
        await Assert.ThrowsAsync<ArgumentException>(() => test.Blobs.OpenAsync("../../etc/passwd", Never));
    }

    [Theory, Engines]
    public async Task Content_that_breaks_off_leaves_nothing(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);
        await Assert.ThrowsAsync<EndOfStreamException>(() => test.Blobs.PutAsync(new BreakingStream(500_000), Never));

        if (engine == DatabaseEngine.Sqlite)
            Assert.Empty(Directory.EnumerateFiles(test.Folder + "/blobs", "*", SearchOption.AllDirectories));
        Assert.NotNull(await test.Blobs.PutAsync(new MemoryStream([1]), Never));
    }

    private sealed class BreakingStream(int after) : MemoryStream(new byte[after])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new EndOfStreamException();
        }
    }
}
