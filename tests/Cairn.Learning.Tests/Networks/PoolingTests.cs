namespace Cairn.Learning.Tests;

public sealed class PoolingTests
{
    private static readonly Tensor Sequence = new(NdArray<float>.Over([3, 1, 4, 1, 5, -9, 2, -6, -5, -3], 1, 2, 5));

    [Fact]
    public void Sequences_are_pooled_by_windows_of_their_length()
    {
        // torch.nn.functional.max_pool1d and avg_pool1d of the same numbers.
        Assert.Equal([3f, 4, 2, -5], Sequence.MaxPool1d(2).Value.ToArray());
        Assert.Equal([4f, 5, 2, -3], Sequence.MaxPool1d(3, 2).Value.ToArray());
        Assert.Equal([3f, 4, 5, 2, 2, -3], Sequence.MaxPool1d(3, 2, padding: 1).Value.ToArray());
        Assert.Equal([2f, 2.5f, -3.5f, -5.5f], Sequence.AveragePool1d(2).Value.ToArray());
        Assert.Equal("(1, 2, 2)", new Pooling1d(PoolingKind.Max, 2).Forward(Sequence).Shape.ToString());
    }

    [Fact]
    public void Padding_around_an_image_is_never_the_largest()
    {
        var image = new Tensor(NdArray<float>.Over([-1, -2, -3, -4], 1, 1, 2, 2));
        Assert.Equal([-1f], image.MaxPool(3, 2, padding: 1).Value.ToArray());
    }

    [Fact]
    public void Gradients_reach_what_was_chosen_and_averaged()
    {
        var random = new Seeded(3);
        var sequences = random.Permutation(24).Select(i => (float)i).ToArray();
        Assert.InRange(GradientCheck.LargestError(t => t[0].MaxPool1d(3, 2, padding: 1), 0.1,
            new Tensor(NdArray<float>.Over([.. sequences], 2, 2, 6))), 0, 0.01);
        Assert.InRange(GradientCheck.LargestError(t => t[0].AveragePool1d(3, 2), 0.1,
            new Tensor(NdArray<float>.Over([.. sequences], 2, 2, 6))), 0, 0.01);
        Assert.InRange(GradientCheck.LargestError(t => t[0].MaxPool(3, 2, padding: 1), 0.1,
            new Tensor(NdArray<float>.Over([.. sequences], 1, 1, 4, 6))), 0, 0.01);
    }

    [Fact]
    public void What_has_no_room_for_a_window_is_refused()
    {
        Assert.Contains("room for a window of 6", Assert.Throws<ShapeException>(() => Sequence.MaxPool1d(6)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sequence.MaxPool1d(3, padding: 2));
    }
}
