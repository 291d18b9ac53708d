namespace Cairn.Learning;

/// <summary>Trees whose values are summed on a baseline: what boosting learns.</summary>
internal sealed class BoostedTrees : IStorable
{
    private double[] baseline = [];
    private List<Tree[]> rounds = [];

    /// <summary>To be read.</summary>
    public BoostedTrees()
    {
    }

    private BoostedTrees(double[] baseline, List<Tree[]> rounds, List<double> validationLosses)
    {
        this.baseline = baseline;
        this.rounds = rounds;
        ValidationLosses = validationLosses;
    }

    public IReadOnlyList<double> ValidationLosses { get; private set; } = [];

    public IReadOnlyList<Tree[]> Rounds => rounds;

    /// <summary>Learns from the training rows; with validation rows, stops early and keeps the rounds up to the best one.</summary>
    public static BoostedTrees Learn(
        Features features, BoostingLoss loss, BoostingOptions options, (Features Features, BoostingLoss Loss)? validation = null,
        RoundFollower<BoostedTrees>? follower = null)
    {
        options.Validate();
        foreach (var column in options.CategoricalColumns)
        {
            if ((uint)column >= (uint)features.Columns)
                throw new BadInputException($"The categorical column {column} is not there; the features have {features.Columns} columns.");
        }
        var data = BinnedColumns.Of(features, options.MaxBins, options.Seed, [.. options.CategoricalColumns]);
        var baseline = loss.Baseline();
        var scores = Start(baseline, features.Rows);
        var held = validation is { } v ? Start(baseline, v.Features.Rows) : [];
        var grower = new BoostedTreeGrower(data, options, loss.Unit);
        var (first, second) = (new double[features.Rows], new double[features.Rows]);
        List<Tree[]> rounds = [];
        List<double> losses = [];
        var model = new BoostedTrees(baseline, rounds, losses);
        if (follower?.Take() is { } earlier)
            Continue(earlier, model, losses, features, scores, validation?.Features, held);
        var best = losses.Count == 0 ? 0 : losses.IndexOf(losses.Min());
        for (var round = rounds.Count; round < options.Rounds && !(losses.Count > 0 && round - 1 - best >= options.Patience); round++)
        {
            var trees = new Tree[loss.Outputs];
            for (var output = 0; output < trees.Length; output++)
            {
                // All outputs' derivatives are those of the round's beginning: the loss refreshes what it keeps at output 0.
                loss.Gradients(scores, output, first, second);
                grower.Gradients.Set(first, second, round);
                trees[output] = grower.Grow(scores[output]);
            }
            rounds.Add(trees);
            if (validation is not null)
            {
                for (var output = 0; output < trees.Length; output++)
                    Add(trees[output], validation.Value.Features.Dense, held[output]);
                losses.Add(validation.Value.Loss.Mean(held));
                if (losses[round] < losses[best])
                    best = round;
            }
            if (follower is { IsObserved: true })
                follower.OnRound(model, new FitRound(round + 1, options.Rounds, loss.Mean(scores),
                    validation is null ? null : losses[round]));
            if (follower is { IsEnding: true })
                break;
        }
        if (validation is not null)
            rounds.RemoveRange(best + 1, rounds.Count - best - 1);
        return model;
    }

    /// <summary>
    /// Takes earlier rounds over. Their trees say about each row what they added to its score, in the same order, so the scores are those
    /// of the break to the last bit.
    /// </summary>
    private static void Continue(
        BoostedTrees earlier, BoostedTrees model, List<double> losses, Features features, double[][] scores, Features? validation,
        double[][] held)
    {
        if (!earlier.baseline.AsSpan().SequenceEqual(model.baseline)
            || earlier.rounds.Any(r => r.Any(t => t.Nodes.Any(n => n.Column >= features.Columns)))
            || earlier.ValidationLosses.Count != (validation is null ? 0 : earlier.rounds.Count))
        {
            throw new BadInputException("boosting: the checkpoint was learned from other rows; begin again without it.");
        }
        losses.AddRange(earlier.ValidationLosses);
        foreach (var trees in earlier.rounds)
        {
            model.rounds.Add(trees);
            for (var output = 0; output < trees.Length; output++)
            {
                Add(trees[output], features.Dense, scores[output]);
                if (validation is not null)
                    Add(trees[output], validation.Dense, held[output]);
            }
        }
    }

    /// <summary>Scores by output, then row.</summary>
    public double[][] Score(Features features)
    {
        var matrix = features.Dense;
        var scores = Start(baseline, features.Rows);
        Cores.Split(features.Rows, (long)features.Rows * rounds.Count > 2_000, (from, to) =>
        {
            foreach (var trees in rounds)
            {
                for (var output = 0; output < trees.Length; output++)
                {
                    var (tree, sums) = (trees[output], scores[output]);
                    for (var row = from; row < to; row++)
                        sums[row] += tree.First(matrix.Row(row));
                }
            }
        });
        return scores;
    }

    /// <summary>How much the questions about each column lowered the loss; shares of 1.</summary>
    public double[] Importances(int columns)
    {
        var gains = new double[columns];
        foreach (var tree in rounds.SelectMany(r => r))
            tree.AddGainsTo(gains);
        var total = gains.Sum();
        return total == 0 ? gains : Array.ConvertAll(gains, g => g / total);
    }

    private static double[][] Start(double[] baseline, int rows) => Array.ConvertAll(baseline, value =>
    {
        var scores = new double[rows];
        scores.AsSpan().Fill(value);
        return scores;
    });

    private static void Add(Tree tree, NdArray<double> matrix, double[] scores)
    {
        for (var row = 0; row < scores.Length; row++)
            scores[row] += tree.First(matrix.Row(row));
    }

    /// <summary>
    /// Names an ensemble; what is read has <paramref name="outputs"/> trees a round and asks about no column beyond
    /// <paramref name="columns"/>.
    /// </summary>
    public static void Exchange(ModelState state, ref BoostedTrees? model, int columns, int outputs)
    {
        state.Part("ensemble", ref model);
        state.Require(model is not null && model.baseline.Length == outputs
            && model.rounds.All(r => r.All(t => t.Nodes.All(n => n.Column < columns))),
            "the ensemble has other columns or outputs than were learned from");
    }

    void IStorable.Exchange(ModelState state)
    {
        Tree[] trees = [.. rounds.SelectMany(r => r)];
        var losses = ValidationLosses.ToArray();
        state.Numbers("baseline", ref baseline);
        state.Numbers("validationLosses", ref losses);
        TreeSet.Exchange(state, "trees", ref trees, int.MaxValue, 1);
        state.Require(baseline.Length > 0 && trees.Length % baseline.Length == 0, "the trees are not as many for each output");
        // A fit that is being written goes on with the lists that it has.
        if (state.IsReading)
            (rounds, ValidationLosses) = ([.. trees.Chunk(baseline.Length)], losses);
    }
}
