namespace Cairn.Learning.Tests;

public sealed class TensorTests
{
    [Fact]
    public void Gradients_add_up_over_paths_and_calls()
    {
        var x = new Tensor(NdArray.Of(3f), requiresGradient: true);
        var y = x * x;
        (y + (y * x)).Sum().Backward();
        Assert.Equal([6f + 27], x.Gradient!.ToArray());
        (x * 2f).Sum().Backward();
        Assert.Equal([35f], x.Gradient!.ToArray());
        x.ZeroGradient();
        Assert.Null(x.Gradient);
    }

    [Fact]
    public void Frozen_and_detached_tensors_get_none()
    {
        var x = new Tensor(NdArray.Of(3f), requiresGradient: true);
        var frozen = new Tensor(NdArray.Of(2f));
        (x.Detach() * x * frozen).Sum().Backward();
        Assert.Equal([6f], x.Gradient!.ToArray());
        Assert.Null(frozen.Gradient);
    }

    [Fact]
    public void Nothing_is_recorded_while_recording_is_off()
    {
        var x = new Tensor(NdArray.Of(3f), requiresGradient: true);
        using (Tensor.NoGradient())
            Assert.False((x * 2f).RequiresGradient);
        Assert.True((x * 2f).RequiresGradient);
        Assert.Contains("Nothing that this", Assert.Throws<InvalidOperationException>(() => x.Detach().Sum().Backward()).Message);
        Assert.Equal("backward: shape (2,) is not a single number; take the mean or the sum first.",
            Assert.Throws<ShapeException>(() => new Tensor(NdArray.Of(1f, 2f), true).Exp().Backward()).Message);
    }

    [Fact]
    public void A_pause_of_recording_ends_once()
    {
        var x = new Tensor(NdArray.Of(3f), requiresGradient: true);
        var outer = Tensor.NoGradient();
        var inner = Tensor.NoGradient();
        inner.Dispose();
        inner.Dispose();
        default(RecordingPause).Dispose();
        Assert.False((x * 2f).RequiresGradient);
        outer.Dispose();
        Assert.True((x * 2f).RequiresGradient);
    }

    [Fact]
    public void A_deep_graph_does_not_overflow_the_stack()
    {
        var x = new Tensor(NdArray.Of(1f), requiresGradient: true);
        var y = x;
        for (var i = 0; i < 50_000; i++)
            y += 1f;
        y.Sum().Backward();
        Assert.Equal([1f], x.Gradient!.ToArray());
    }

    [Fact]
    public void Losses_agree_with_their_formulas()
    {
        var logits = new Tensor(NdArray.FromRows(new[,] { { 1f, 2, 3 }, { 1000, 0, -1000 } }));
        Assert.Equal((2.407606 + 0) / 2, logits.CrossEntropy(NdArray.Of(0, 0)).Scalar(), 1e-5);
        Assert.Equal(0.6931472, Losses.BinaryCrossEntropy(new Tensor(NdArray.Of(0f)), new Tensor(NdArray.Of(1f))).Scalar(), 1e-6);
        Assert.Equal(100, Losses.BinaryCrossEntropy(new Tensor(NdArray.Of(100f)), new Tensor(NdArray.Of(0f))).Scalar(), 1e-4);
        Assert.Equal(0.8411920, new Tensor(NdArray.Of(1f)).GeluTanh().Scalar(), 1e-6);
        Assert.Equal(0.8413447, new Tensor(NdArray.Of(1f)).Gelu().Scalar(), 1e-6);
        Assert.Equal(-0.1588080, new Tensor(NdArray.Of(-1f)).GeluTanh().Scalar(), 1e-6);
    }

    [Fact]
    public void Errors_name_what_does_not_fit()
    {
        var x = new Tensor(NdArray.Zeros<float>(2, 3));
        Assert.Contains("(2, 3) and (4, 5)", Assert.Throws<ShapeException>(() => x.Linear(new Tensor(NdArray.Zeros<float>(4, 5)), null))
            .Message);
        Assert.Contains("the target 3 is none", Assert.Throws<ArgumentOutOfRangeException>(() => x.CrossEntropy(NdArray.Of(0, 3))).Message);
        Assert.Contains("has no row 2", Assert.Throws<ArgumentOutOfRangeException>(() => x.Rows(NdArray.Of(2))).Message);
        Assert.Contains("kernel is larger", Assert.Throws<ShapeException>(
            () => new Tensor(NdArray.Zeros<float>(1, 1, 2, 2)).Convolution(new Tensor(NdArray.Zeros<float>(1, 1, 3, 3)), null)).Message);
        Assert.Contains("more queries than keys", Assert.Throws<ShapeException>(
            () => new Tensor(NdArray.Zeros<float>(1, 2, 2))
                .Attention(new Tensor(NdArray.Zeros<float>(1, 1, 2)), new Tensor(NdArray.Zeros<float>(1, 1, 2)), 1, 1, true)).Message);
    }
}
