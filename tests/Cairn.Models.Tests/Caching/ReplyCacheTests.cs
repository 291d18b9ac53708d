using Cairn.Testing;

namespace Cairn.Models.Tests;

public sealed class ReplyCacheTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_reply_is_found_until_its_time_is_over()
    {
        var cache = Cache();
        cache.Keep(Key(1), Reply(1));
        Assert.Equal(1, cache.Find(Key(1))!.Body.Span[0]);
        Assert.Null(cache.Find(Key(2)));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.NotNull(cache.Find(Key(1)));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(cache.Find(Key(1)));
        cache.Keep(Key(1), Reply(3));
        Assert.Equal(3, cache.Find(Key(1))!.Body.Span[0]);
    }

    [Fact]
    public void It_never_holds_more_than_its_bytes()
    {
        var cache = Cache(bytes: 50_000);
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var key = Key((ulong)random.Next(200));
            if (cache.Find(key) is null)
                cache.Keep(key, Reply(1, random.Next(1, 7_000)));
            Assert.InRange(cache.Bytes, 0, 50_000);
        }
    }

    [Fact]
    public void A_reply_that_is_too_large_is_not_kept()
    {
        var cache = Cache(bytes: 50_000);
        cache.Keep(Key(1), Reply(1, 7_000));
        Assert.Null(cache.Find(Key(1)));
    }

    [Fact]
    public void What_is_asked_for_often_outlives_a_flood_of_questions_asked_once()
    {
        var cache = Cache(bytes: 100_000);
        for (ulong i = 0; i < 20; i++)
            cache.Keep(Key(i), Reply(1));
        for (ulong flood = 1_000; flood < 3_000; flood++)
        {
            for (ulong i = 0; i < 20; i++)
                cache.Find(Key(i));
            cache.Keep(Key(flood), Reply(2));
        }
        Assert.All(Enumerable.Range(0, 20), i => Assert.NotNull(cache.Find(Key((ulong)i))));
    }

    [Fact]
    public void Many_threads_can_use_it_at_once()
    {
        var cache = Cache(bytes: 100_000);
        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var key = (ulong)(i * 7 % 150);
            if (cache.Find(Key(key)) is { } found)
                Assert.Equal((byte)key, found.Body.Span[0]);
            else
                cache.Keep(Key(key), Reply((byte)key));
        });
        Assert.InRange(cache.Bytes, 1, 100_000);
    }

    private ReplyCache Cache(long bytes = 1 << 20) => new(new(bytes, TimeSpan.FromMinutes(10)), _time);

    private static ReplyKey Key(ulong n) => new(n, 0, 0, 0);

    private static CachedReply Reply(byte content, int length = 1_000)
    {
        var body = new byte[length];
        body[0] = content;
        return new("application/json", body, "local/m", default);
    }
}
