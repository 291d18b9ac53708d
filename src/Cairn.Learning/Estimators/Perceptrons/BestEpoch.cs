namespace Cairn.Learning;

/// <summary>The losses on the rows set aside, by epoch, and the weights of the epoch with the lowest.</summary>
internal sealed class BestEpoch : IStorable
{
    private double[] losses = [];
    private float[][] weights = [];

    public IReadOnlyList<double> Losses => losses;

    /// <summary>By parameter; empty before the first epoch and after <see cref="Forget"/>.</summary>
    public IReadOnlyList<float[]> Weights => weights;

    /// <summary>Epochs since the best one.</summary>
    public int Since => losses.Length == 0 ? 0 : losses.Length - 1 - Array.IndexOf(losses, losses.Min());

    public void Add(double loss, IEnumerable<Tensor> parameters)
    {
        losses = [.. losses, loss];
        if (Since == 0)
            weights = [.. parameters.Select(p => p.Data.ToArray())];
    }

    /// <summary>The losses stay; the weights are those of the model now.</summary>
    public void Forget() => weights = [];

    public void Exchange(ModelState state)
    {
        state.Numbers("losses", ref losses);
        state.Lists("weights", ref weights);
    }
}
