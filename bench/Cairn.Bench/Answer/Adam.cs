namespace Cairn.Bench;

/// <summary>Kingma and Ba 2015, with beta2 of .99, which suits full batches.</summary>
internal sealed class Adam(int size, double rate)
{
    private readonly double[] _mean = new double[size];
    private readonly double[] _square = new double[size];
    private int _step;

    public double[] Weights { get; } = new double[size];

    public void Step(double[] gradient)
    {
        _step++;
        for (var i = 0; i < Weights.Length; i++)
        {
            _mean[i] = (0.9 * _mean[i]) + (0.1 * gradient[i]);
            _square[i] = (0.99 * _square[i]) + (0.01 * gradient[i] * gradient[i]);
            Weights[i] -= rate * _mean[i] / (1 - Math.Pow(0.9, _step)) / (Math.Sqrt(_square[i] / (1 - Math.Pow(0.99, _step))) + 1e-8);
        }
    }
}
