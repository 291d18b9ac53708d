namespace Cairn.Learning;

/// <summary>The windows of a pooling; a sequence is an image of one row.</summary>
internal sealed record PoolingShape(int Planes, int Height, int Width, int SizeY, int SizeX, int StepY, int StepX, int PadY, int PadX)
{
    internal int OutHeight => ((Height + (2 * PadY) - SizeY) / StepY) + 1;

    internal int OutWidth => ((Width + (2 * PadX) - SizeX) / StepX) + 1;

    internal required Shape Result { get; init; }

    internal static PoolingShape OfImages(string operation, Shape shape, int size, int? stride, int padding)
    {
        var step = Checked(size, stride, padding);
        if (shape.Rank != 4 || shape[2] + (2 * padding) < size || shape[3] + (2 * padding) < size)
            throw new ShapeException(operation, $"shape {shape} is not (count, channels, height, width) with room for a window of {size}");
        var windows =
            new PoolingShape(shape[0] * shape[1], shape[2], shape[3], size, size, step, step, padding, padding) { Result = shape };
        return windows with { Result = Shape.Of(shape[0], shape[1], windows.OutHeight, windows.OutWidth) };
    }

    internal static PoolingShape OfSequences(string operation, Shape shape, int size, int? stride, int padding)
    {
        var step = Checked(size, stride, padding);
        if (shape.Rank != 3 || shape[2] + (2 * padding) < size)
            throw new ShapeException(operation, $"shape {shape} is not (count, channels, length) with room for a window of {size}");
        var windows = new PoolingShape(shape[0] * shape[1], 1, shape[2], 1, size, 1, step, 0, padding) { Result = shape };
        return windows with { Result = Shape.Of(shape[0], shape[1], windows.OutWidth) };
    }

    private static int Checked(int size, int? stride, int padding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride ?? size, 1, nameof(stride));
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        // As in PyTorch: every window has a number within the input.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(padding, size / 2);
        return stride ?? size;
    }
}
