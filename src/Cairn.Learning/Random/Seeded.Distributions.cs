namespace Cairn.Learning;

public sealed partial class Seeded
{
    /// <summary>True with the given probability.</summary>
    public bool Bernoulli(double probability) => Uniform() < probability;

    /// <summary>From the exponential distribution with the given mean.</summary>
    public double Exponential(double mean = 1) => -Math.Log(1 - Uniform()) * mean;

    /// <summary>From the gamma distribution (Marsaglia and Tsang, 2000); its mean is shape times scale.</summary>
    public double Gamma(double shape, double scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        if (shape < 1)
            return Gamma(shape + 1, scale) * Math.Pow(1 - Uniform(), 1 / shape);
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = 1 + (c * x);
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - Uniform()) < (0.5 * x * x) + (d * (1 - v + Math.Log(v))))
                return d * v * scale;
        }
    }

    /// <summary>From the beta distribution.</summary>
    public double Beta(double a, double b)
    {
        var x = Gamma(a);
        return x / (x + Gamma(b));
    }

    /// <summary>From the Poisson distribution: Knuth's product for small means, a sum of halves for large ones.</summary>
    public int Poisson(double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        if (mean > 30)
            return Poisson(mean / 2) + Poisson(mean / 2);
        var limit = Math.Exp(-mean);
        var product = Uniform();
        var count = 0;
        while (product > limit)
        {
            product *= Uniform();
            count++;
        }
        return count;
    }

    /// <summary>How many of <paramref name="trials"/> succeed.</summary>
    public int Binomial(int trials, double probability)
    {
        var count = 0;
        for (var i = 0; i < trials; i++)
            count += Bernoulli(probability) ? 1 : 0;
        return count;
    }
}
