using System.Text;
using Cairn.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cairn.Knowledge.Tests;

public sealed class ParserWorkersTests
{
    private readonly ScriptedWorkers _sandbox = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Each_of_many_small_files_gets_its_own_answer(int workers)
    {
        await using var parsers = Workers(workers);
        var texts = Enumerable.Range(0, 100).Select(n => $"page {n}").ToArray();

        Assert.Equal(texts, (await Task.WhenAll(texts.Select(t => ParseAsync(parsers, t)))).Select(d => d.Text));

        Assert.InRange(_sandbox.Started, 1, workers);
    }

    [Fact]
    public async Task A_file_that_ends_its_worker_costs_itself_and_none_of_those_sent_with_it()
    {
        await using var parsers = Workers(1);
        var texts = Enumerable.Range(0, 40).Select(n => n == 7 ? ScriptedWorkers.Poison : $"page {n}").ToArray();

        var parsing = texts.Select(t => ParseAsync(parsers, t)).ToArray();

        var error = await Assert.ThrowsAsync<UnreadableFileException>(() => parsing[7]);
        Assert.Equal("file.parser_crashed", error.Code);
        var others = await Task.WhenAll(parsing.Where(p => p != parsing[7]));
        Assert.Equal(texts.Where(t => t != ScriptedWorkers.Poison), others.Select(d => d.Text));
        // The one that it ended, a fresh one in which it was tried again, and one for the others.
        Assert.Equal(3, _sandbox.Started);
    }

    [Fact]
    public async Task Whoever_gave_up_hears_so_and_nobody_else_does()
    {
        await using var parsers = Workers(1);
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        var cancelled = ParseAsync(parsers, "nobody wants this", given.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal("next", (await ParseAsync(parsers, "next")).Text);
    }

    [Fact]
    public async Task After_so_many_files_a_worker_is_replaced()
    {
        await using var parsers = Workers(1, filesPerWorker: 2);
        for (var n = 0; n < 6; n++)
            Assert.Equal($"page {n}", (await ParseAsync(parsers, $"page {n}")).Text);
        Assert.Equal(3, _sandbox.Started);
    }

    private ParserWorkers Workers(int workers, int filesPerWorker = 500)
        => new(
            _sandbox, new ParserOptions { Workers = workers, FilesPerWorker = filesPerWorker, WorkerCommand = ["/bin/true"] },
            new ManualTime(), NullLogger<ParserWorkers>.Instance);

    private static Task<ParsedDocument> ParseAsync(ParserWorkers parsers, string text, CancellationToken cancellationToken = default)
        => parsers.ParseAsync(Encoding.UTF8.GetBytes(text), "page.html", "html", cancellationToken);
}
