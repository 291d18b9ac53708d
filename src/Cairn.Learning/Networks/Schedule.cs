namespace Cairn.Learning;

/// <summary>Factors for the learning rate by step, for <see cref="Optimiser.Scale"/>.</summary>
public static class Schedule
{
    /// <summary>Rises linearly over the warm-up, then falls along half a cosine to <paramref name="least"/> at the last step.</summary>
    public static double Cosine(int step, int steps, int warmUp = 0, double least = 0)
    {
        if (step < warmUp)
            return (step + 1.0) / warmUp;
        var share = Math.Clamp((double)(step - warmUp) / Math.Max(1, steps - warmUp), 0, 1);
        return least + ((1 - least) * 0.5 * (1 + Math.Cos(Math.PI * share)));
    }

    /// <summary>Rises linearly over the warm-up, then falls linearly to 0.</summary>
    public static double Linear(int step, int steps, int warmUp = 0)
        => step < warmUp ? (step + 1.0) / warmUp : Math.Clamp((double)(steps - step) / Math.Max(1, steps - warmUp), 0, 1);

    /// <summary>Times <paramref name="factor"/> every so many steps.</summary>
    public static double Stepped(int step, int every, double factor) => Math.Pow(factor, step / every);
}
