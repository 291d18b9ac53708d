using System.Globalization;
using System.Runtime.InteropServices;

namespace Cairn.Learning;

/// <summary>
/// What classifier and regressor share: rectified layers, trained epoch by epoch. The order of rows in an epoch follows from the seed and
/// the epoch alone, and a checkpoint holds the optimiser's moments too, so a fit that goes on from one takes exactly the steps that it
/// would have taken.
/// </summary>
internal sealed class Perceptron : IStorable
{
    // A first loss grows by little before it falls; a thousandfold is no learning any more.
    private const double RunAway = 1000;
    private const int HeldBatch = 1024;

    private int[] widths = [];
    private float[][] weights = [];
    private float[][] moments = [];
    private int epochs;
    private int steps;
    private double firstLoss;
    private BestEpoch? held;
    private Sequential? network;

    /// <summary>To be read.</summary>
    public Perceptron()
    {
    }

    private Perceptron(int[] widths, long seed)
    {
        this.widths = widths;
        network = Build(widths, new Seeded(seed));
    }

    public int Inputs => widths[0];

    public int Outputs => widths[^1];

    /// <summary>The loss on the rows set aside, by epoch; empty without early stopping.</summary>
    public IReadOnlyList<double> ValidationLosses => held?.Losses ?? [];

    /// <summary>Learns from the training rows; with validation rows, stops early and keeps the best epoch.</summary>
    /// <param name="loss">Of the outputs for some of the features' rows.</param>
    /// <param name="validation">Rows set aside, and the loss of the outputs for some of them.</param>
    /// <exception cref="DivergenceException">The loss or a gradient ran away; the message says at which step.</exception>
    public static Perceptron Learn(
        Features features, int outputs, PerceptronOptions options, Func<Tensor, int[], Tensor> loss, RoundFollower<Perceptron> follower,
        (Features Features, Func<Tensor, int[], Tensor> Loss)? validation = null)
    {
        options.Validate();
        int[] widths = [features.Columns, .. Enumerable.Repeat(options.Width, options.Layers), outputs];
        var model = follower.Take() is { } earlier && earlier.widths.AsSpan().SequenceEqual(widths)
            ? earlier
            : new Perceptron(widths, options.Seed);
        var parameters = model.network!.Parameters().ToList();
        var adam = Adam.W(parameters, (float)options.LearningRate, (float)options.WeightDecay);
        model.Restore(parameters, adam);
        var rows = Inputs32(features);
        var heldRows = validation is { } v ? Inputs32(v.Features) : null;
        if (model.epochs == 0 && validation is not null)
            model.held = new();
        if ((model.held is null) != (validation is null))
            throw new BadInputException("network: the checkpoint was learned from other rows; begin again without it.");
        while (model.epochs < options.Epochs && !(model.held?.Since >= options.Patience))
        {
            var order = new Seeded(unchecked((options.Seed * 1_000_003) + model.epochs)).Permutation(features.Rows);
            var sum = 0.0;
            for (var from = 0; from < order.Length; from += options.BatchSize)
            {
                var batch = order[from..Math.Min(from + options.BatchSize, order.Length)];
                adam.ZeroGradients();
                var value = loss(model.network.Forward(new Tensor(rows.Take(NdArray.Of<int>(batch)))), batch);
                model.RequireCalm(value.Value.ToArray()[0]);
                value.Backward();
                Step(adam, model.steps);
                model.steps++;
                sum += value.Value.ToArray()[0] * (double)batch.Length;
            }
            model.epochs++;
            model.held?.Add(model.MeanLoss(heldRows!, validation!.Value.Loss), parameters);
            if (!follower.IsObserved)
                continue;
            model.Keep(parameters, adam);
            follower.OnRound(model, new FitRound(model.epochs, options.Epochs, sum / features.Rows, model.held?.Losses[^1]));
            if (follower.IsEnding)
                break;
        }
        model.KeepBest(parameters);
        model.Keep(parameters, null);
        return model;
    }

    private double MeanLoss(NdArray<float> rows, Func<Tensor, int[], Tensor> loss)
    {
        using var pause = Tensor.NoGradient();
        var (count, sum) = (rows.Shape[0], 0.0);
        for (var from = 0; from < count; from += HeldBatch)
        {
            int[] batch = [.. Enumerable.Range(from, Math.Min(HeldBatch, count - from))];
            var outputs = network!.Forward(new Tensor(rows.Take(NdArray.Of<int>(batch))));
            sum += loss(outputs, batch).Value.ToArray()[0] * (double)batch.Length;
        }
        return sum / count;
    }

    private void KeepBest(List<Tensor> parameters)
    {
        if (held is null)
            return;
        foreach (var (parameter, values) in parameters.Zip(held.Weights))
            values.CopyTo(parameter.Data, 0);
        held.Forget();
    }

    /// <summary>Outputs by row.</summary>
    public NdArray<double> Of(Features features)
    {
        using var pause = Tensor.NoGradient();
        return network!.Forward(new Tensor(Inputs32(features))).Value.To<double>();
    }

    public void Exchange(ModelState state)
    {
        state.Numbers("widths", ref widths);
        state.Value("epochs", ref epochs);
        state.Value("steps", ref steps);
        state.Value("firstLoss", ref firstLoss);
        state.Lists("weights", ref weights);
        state.Lists("moments", ref moments);
        state.OptionalPart("held", ref held);
        if (!state.IsReading)
            return;
        state.Require(widths.Length is >= 3 and <= 102 && widths.All(w => w > 0) && epochs >= 0 && steps >= 0,
            "the layers' widths are not two numbers above 0 at least");
        var sizes = Enumerable.Range(0, widths.Length - 1).SelectMany(i => new[] { (long)widths[i] * widths[i + 1], widths[i + 1] })
            .ToArray();
        state.Require(weights.Select(w => (long)w.Length).SequenceEqual(sizes)
            && (moments.Length == 0 || moments.Select(m => (long)m.Length).SequenceEqual(sizes.SelectMany(s => new[] { s, s }))),
            "the weights do not fit the layers' widths");
        state.Require(held is null || (held.Losses.Count == epochs
            && (held.Weights.Count == 0 || held.Weights.Select(w => (long)w.Length).SequenceEqual(sizes))),
            "the best epoch does not fit the layers' widths");
        network = Build(widths, new Seeded(0));
        foreach (var (parameter, values) in network.Parameters().Zip(weights))
            values.CopyTo(parameter.Data, 0);
    }

    private static void Step(Adam adam, int step)
    {
        try
        {
            adam.Step();
        }
        catch (DivergenceException)
        {
            // The optimiser counts from a checkpoint; a person counts from the first step.
            throw new DivergenceException(step, "a gradient is not finite");
        }
    }

    private void RequireCalm(double loss)
    {
        if (steps == 0)
            firstLoss = loss;
        if (!double.IsFinite(loss) || loss > RunAway * Math.Max(firstLoss, 1e-3))
            throw new DivergenceException(steps,
                string.Create(CultureInfo.InvariantCulture, $"the loss is {loss:G4}, at first it was {firstLoss:G4}"));
    }

    private void Keep(List<Tensor> parameters, Adam? adam)
    {
        weights = [.. parameters.Select(p => p.Data.ToArray())];
        moments = adam is null ? [] : [.. parameters.SelectMany(p => adam.MomentsOf(p))];
    }

    private void Restore(List<Tensor> parameters, Adam adam)
    {
        for (var i = 0; i < parameters.Count && moments.Length > 0; i++)
            adam.SetMoments(parameters[i], moments[2 * i], moments[(2 * i) + 1], steps);
    }

    private static Sequential Build(int[] widths, Seeded random)
    {
        var layers = new List<NetworkLayer>();
        for (var i = 0; i + 1 < widths.Length; i++)
        {
            if (i > 0)
                layers.Add(Activation.Relu);
            layers.Add(new Linear(widths[i], widths[i + 1], random));
        }
        return new Sequential([.. layers]);
    }

    private static NdArray<float> Inputs32(Features features) => features.Dense.To<float>();
}
