using System.Collections.Immutable;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>
/// Combinations of some options, every one of a grid or some drawn at random, each judged by cross-validation on the training rows; the
/// best one is learned from all of them.
/// </summary>
public sealed record RecipeSearch
{
    // Of a few whole numbers the same combination comes up again and again.
    private const int DrawsPerTrial = 50;

    /// <summary>Empty where <see cref="Random"/> is not.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Grid { get; init => field = value ?? field; }
        = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Empty where <see cref="Grid"/> is not.</summary>
    public ImmutableSortedDictionary<string, OptionDraw> Random { get; init => field = value ?? field; }
        = ImmutableSortedDictionary<string, OptionDraw>.Empty;

    /// <summary>How many combinations are drawn.</summary>
    public int Trials { get; init; } = 20;

    /// <summary>Of the draws.</summary>
    public long Seed { get; init; }

    public int Folds { get; init; } = 5;

    /// <summary>null: the first of the recipe's metrics.</summary>
    public string? Metric { get; init; }

    /// <summary>
    /// The combinations: of a grid in the order of the options' names, at random in the order of the draws, none twice and fewer than
    /// <see cref="Trials"/> where there are not so many.
    /// </summary>
    public ImmutableArray<ImmutableSortedDictionary<string, string>> Candidates() => Random.IsEmpty ? OfGrid() : Drawn();

    private ImmutableArray<ImmutableSortedDictionary<string, string>> OfGrid()
    {
        ImmutableArray<ImmutableSortedDictionary<string, string>> candidates = [ImmutableSortedDictionary<string, string>.Empty];
        foreach (var (name, values) in Grid)
            candidates = [.. candidates.SelectMany(c => values.Select(v => c.SetItem(name, v)))];
        return candidates;
    }

    private ImmutableArray<ImmutableSortedDictionary<string, string>> Drawn()
    {
        var random = new Seeded(Seed);
        var candidates = ImmutableArray.CreateBuilder<ImmutableSortedDictionary<string, string>>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var draw = 0; draw < Trials * DrawsPerTrial && candidates.Count < Trials; draw++)
        {
            var options = ImmutableSortedDictionary<string, string>.Empty;
            foreach (var (name, values) in Random)
                options = options.SetItem(name, values.Draw(random));
            if (known.Add(string.Join('\n', options.Values)))
                candidates.Add(options);
        }
        return candidates.ToImmutable();
    }
}
