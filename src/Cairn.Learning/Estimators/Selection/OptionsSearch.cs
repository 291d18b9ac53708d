namespace Cairn.Learning;

/// <summary>
/// Tries options and keeps the scores: <c>OptionsSearch.Run(grid, o => CrossValidation.Score(() => new Ridge(o), …))</c>.
/// </summary>
public static class OptionsSearch
{
    /// <summary>All candidates, best mean first; of equals the earlier one.</summary>
    public static IReadOnlyList<SearchResult<TOptions>> Run<TOptions>(IEnumerable<TOptions> candidates, Func<TOptions, double[]> score)
    {
        SearchResult<TOptions>[] results = [.. candidates.Select(c => new SearchResult<TOptions>(c, score(c)))];
        return results.Length > 0
            ? [.. results.OrderByDescending(r => r.Mean)]
            : throw new BadInputException("search: there is no candidate.");
    }

    /// <summary>Every pair of two lists' values: a grid. Grids nest.</summary>
    public static IEnumerable<TOptions> Grid<TFirst, TSecond, TOptions>(
        IEnumerable<TFirst> first, IEnumerable<TSecond> second, Func<TFirst, TSecond, TOptions> make)
        => from a in first from b in second select make(a, b);

    /// <summary>Candidates drawn at random, the same ones for a seed.</summary>
    public static IEnumerable<TOptions> Draws<TOptions>(int count, long seed, Func<Seeded, TOptions> draw)
    {
        var random = new Seeded(seed);
        return [.. Enumerable.Range(0, count).Select(_ => draw(random))];
    }
}
