using Cairn.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cairn.Knowledge.Tests;

public sealed class IndexCatchUpTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly FakePassageStore _store = new();
    private readonly RandomCorpus _corpus = new(42);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_announced_is_found_once_waited_for()
    {
        using var catchUp = await StartAsync();
        for (var i = 0; i < 40; i++)
        {
            await catchUp.WaitUntilAsync(_store.Put(_corpus.Change(20, 5)), None);
            await AssertEqualsBruteForceAsync(catchUp);
        }
        await catchUp.StopAsync(None);
    }

    [Fact]
    public async Task A_restart_goes_on_from_what_was_committed_without_reading_everything_again()
    {
        using (var first = await StartAsync())
        {
            await first.WaitUntilAsync(PutMany(50), None);
            await first.StopAsync(None);
        }
        Assert.Equal(50, _store.Passed);
        var rebuilds = _store.Rebuilds;
        PutMany(30);

        using var second = await StartAsync();
        await second.WaitUntilAsync(80, None);

        Assert.Equal(rebuilds, _store.Rebuilds);
        await AssertEqualsBruteForceAsync(second);
        await second.StopAsync(None);
    }

    [Fact]
    public async Task Before_it_reads_the_corpus_it_asks_that_no_change_be_forgotten()
    {
        PutMany(50);
        using var catchUp = await StartAsync();
        await catchUp.WaitUntilAsync(50, None);

        Assert.Equal((0, 0), _store.PassedAtRebuilds[0]);
        Assert.Equal((1, 50), _store.PassedAtRebuilds[1]);
        await catchUp.StopAsync(None);
    }

    [Fact]
    public async Task A_process_that_ends_without_stopping_loses_nothing()
    {
        using (var first = await StartAsync())
        {
            await first.WaitUntilAsync(PutMany(50), None);
            await first.StopAsync(None);
        }
        var committed = Copy(_folder.Path);
        using (var killed = await StartAsync())
        {
            await killed.WaitUntilAsync(PutMany(50), None);
            await killed.StopAsync(None);
        }
        // What a kill leaves: the files of the last commit, and some that were being written.
        Directory.Delete(_folder.Path, recursive: true);
        Directory.Move(committed, _folder.Path);
        File.WriteAllText(_folder["00000099.segment"], "half a segm");
        File.WriteAllText(_folder["manifest.new"], "half a manif");

        using var again = await StartAsync();
        await again.WaitUntilAsync(100, None);

        await AssertEqualsBruteForceAsync(again);
        await again.StopAsync(None);
    }

    [Fact]
    public async Task A_deleted_index_is_made_again()
    {
        using (var first = await StartAsync())
        {
            await first.WaitUntilAsync(PutMany(60), None);
            await first.StopAsync(None);
        }
        Directory.Delete(_folder.Path, recursive: true);

        using var second = await StartAsync();
        await AssertEqualsBruteForceAsync(second);
        await second.StopAsync(None);
    }

    [Fact]
    public async Task Altered_and_cut_files_are_noticed_and_the_index_is_made_again()
    {
        var random = new Random(5);
        PutMany(60);
        for (var round = 0; round < 40; round++)
        {
            using (var catchUp = await StartAsync())
            {
                await AssertEqualsBruteForceAsync(catchUp);
                await catchUp.WaitUntilAsync(_store.Put(_corpus.Change(20, 5)), None);
                await catchUp.StopAsync(None);
            }
            var files = Directory.GetFiles(_folder.Path);
            var victim = files[random.Next(files.Length)];
            var bytes = await File.ReadAllBytesAsync(victim);
            if (round % 8 == 7)
                bytes = bytes[..random.Next(bytes.Length)];
            else
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(victim, bytes);
        }
        using var last = await StartAsync();
        await AssertEqualsBruteForceAsync(last);
        await last.StopAsync(None);
        Assert.True(_store.Rebuilds > 20, $"made again {_store.Rebuilds} times");
    }

    /// <summary>A restored database is behind, or has grown again in another way before the index looks.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task An_index_of_another_history_than_its_database_s_is_made_again(int changes)
    {
        using (var first = await StartAsync())
        {
            await first.WaitUntilAsync(PutMany(30), None);
            await first.StopAsync(None);
        }
        var restored = new FakePassageStore();
        for (var i = 0; i < changes; i++)
            restored.Put(_corpus.Change(20, 5) with { Document = $"restored-{i}" });

        using var catchUp = new IndexCatchUp(_folder.Path, restored, restored, new ManualTime(), NullLogger<IndexCatchUp>.Instance);
        await catchUp.StartAsync(None);
        var scope = (await catchUp.IndexAsync(None)).Scope(Principal.Owner());

        Assert.Equal(restored.Documents.Values.Where(d => d.Tenant == Tenants.Default).Sum(d => d.Passages.Count), scope.Passages);
        await catchUp.StopAsync(None);
    }

    [Fact]
    public async Task Who_waits_hears_why_the_index_does_not_follow_and_it_comes_back()
    {
        var time = new ManualTime();
        using var catchUp = new IndexCatchUp(_folder.Path, _store, _store, time, NullLogger<IndexCatchUp>.Instance);
        await catchUp.StartAsync(None);
        await catchUp.IndexAsync(None);
        // Waiting first: a failure that came before would be told to nobody, and time stands still here.
        var waiting = catchUp.WaitUntilAsync(_store.Documents.Count + 1, None);
        _store.Failure = new IOException("no space left");
        _store.Put(_corpus.Change(20, 5));

        var error = await Assert.ThrowsAsync<CairnException>(() => waiting);
        Assert.Equal("index.behind", error.Code);
        Assert.Contains("no space left", error.Message);

        _store.Failure = null;
        await time.UntilTimersAsync(1);
        time.Advance(TimeSpan.FromSeconds(3));
        await catchUp.WaitUntilAsync(1, None);
        await catchUp.StopAsync(None);
    }

    [Fact]
    public async Task With_nothing_to_do_it_says_every_day_that_it_is_still_there()
    {
        var time = new ManualTime();
        PutMany(10);
        using var catchUp = await StartAsync(time);
        await catchUp.IndexAsync(None);
        var said = _store.PassedAtRebuilds.Count;
        for (var day = 1; day <= 3; day++)
        {
            await time.UntilTimersAsync();
            time.Advance(TimeSpan.FromDays(1));
            await time.UntilTimersAsync();
            Assert.Equal(said + day, _store.PassedAtRebuilds.Count);
            Assert.Equal(10, _store.Passed);
        }
        await catchUp.StopAsync(None);
    }

    [Fact]
    public async Task Changes_that_others_want_do_not_keep_it_from_saying_how_far_it_is()
    {
        var time = new ManualTime();
        PutMany(10);
        using var catchUp = await StartAsync(time);
        await catchUp.IndexAsync(None);
        for (var hour = 0; hour < 24; hour++)
        {
            await catchUp.WaitUntilAsync(_store.Announce("default", "jobs", "1"), None);
            await time.UntilTimersAsync();
            time.Advance(TimeSpan.FromHours(1));
        }
        await time.UntilTimersAsync();
        Assert.Equal(34, _store.Passed);
        await catchUp.StopAsync(None);
    }

    [Fact]
    public async Task An_index_that_goes_on_from_its_files_says_so_at_once()
    {
        using (var first = await StartAsync())
        {
            await first.WaitUntilAsync(PutMany(20), None);
            await first.StopAsync(None);
        }
        var said = _store.PassedAtRebuilds.Count;
        using var second = await StartAsync();
        await second.IndexAsync(None);
        Assert.Equal((said + 1, 20), (_store.PassedAtRebuilds.Count, _store.Passed));
        await second.StopAsync(None);
    }

    private async Task<IndexCatchUp> StartAsync(TimeProvider? time = null)
    {
        var catchUp = new IndexCatchUp(_folder.Path, _store, _store, time ?? new ManualTime(), NullLogger<IndexCatchUp>.Instance);
        await catchUp.StartAsync(None);
        return catchUp;
    }

    private long PutMany(int count)
    {
        var last = 0L;
        for (var i = 0; i < count; i++)
            last = _store.Put(_corpus.Change(20, 5));
        return last;
    }

    private async Task AssertEqualsBruteForceAsync(IndexCatchUp catchUp)
    {
        var index = await catchUp.IndexAsync(None);
        await catchUp.WaitUntilAsync(await _store.HeadAsync(None), None);
        for (var query = 0; query < 4; query++)
        {
            var (caller, question) = (_corpus.Caller(), _corpus.Words(1 + _corpus.Next(6)));
            var actual = index.Search(index.Scope(caller), LexicalQuery.Parse(question), 10);
            Assert.Equal(BruteForce.Search(_store.Documents.Values, caller, null, question, 10),
                actual.Hits.Select(h => (h.Passage, h.Score)));
        }
    }

    private static string Copy(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("cairn-test-").FullName;
        foreach (var file in Directory.GetFiles(folder))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }
}
