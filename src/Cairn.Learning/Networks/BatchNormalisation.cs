namespace Cairn.Learning;

/// <summary>
/// Batch normalisation of (N, C) or (N, C, …): by the batch's means and variances while training, by their running averages when
/// predicting.
/// </summary>
public sealed class BatchNormalisation : NetworkLayer
{
    private readonly float epsilon;
    private readonly float momentum;
    private readonly Tensor weight;
    private readonly Tensor bias;
    private readonly Tensor runningMean;
    private readonly Tensor runningVariance;

    public BatchNormalisation(int channels, float epsilon = 1e-5f, float momentum = 0.1f)
    {
        (this.epsilon, this.momentum) = (epsilon, momentum);
        weight = Parameter("weight", NdArray.Ones<float>(channels));
        bias = Parameter("bias", NdArray.Zeros<float>(channels));
        runningMean = Buffer("running_mean", NdArray.Zeros<float>(channels));
        runningVariance = Buffer("running_var", NdArray.Ones<float>(channels));
    }

    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Shape.Rank < 2 || input.Shape[1] != weight.Count)
            throw ShapeException.Between("batch norm", input.Shape, weight.Shape, "the second axis of the input is the channels");
        return IsTraining ? ByBatch(input) : ByAverages(input);
    }

    private Tensor ByBatch(Tensor input)
    {
        var count = input.Count / weight.Count;
        if (count < 2)
            throw new ShapeException("batch norm",
                $"shape {input.Shape} has one number per channel, which has no variance; call Evaluate() to predict");
        var (result, means, variances) = input.BatchNorm(weight, bias, epsilon);
        for (var c = 0; c < weight.Count; c++)
        {
            runningMean.Data[c] += momentum * (means[c] - runningMean.Data[c]);
            // The running variance is the unbiased one, as PyTorch keeps it.
            runningVariance.Data[c] += momentum * ((variances[c] * count / (count - 1)) - runningVariance.Data[c]);
        }
        return result;
    }

    private Tensor ByAverages(Tensor input)
    {
        int[] shape = [weight.Count, .. Enumerable.Repeat(1, input.Shape.Rank - 2)];
        var scale = weight / (runningVariance + epsilon).Sqrt();
        return (input * scale.Reshape(shape)) + (bias - (runningMean * scale)).Reshape(shape);
    }
}
