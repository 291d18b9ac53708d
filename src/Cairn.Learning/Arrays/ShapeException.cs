namespace Cairn.Learning;

/// <summary>Shapes that do not fit an operation. The message names the operation, the shapes and what stands against what.</summary>
public sealed class ShapeException(string operation, string problem) : ArgumentException($"{operation}: {problem}.")
{
    /// <summary>The operation as a caller knows it: <c>add</c>, <c>matmul</c>, <c>reshape</c>.</summary>
    public string Operation { get; } = operation;

    internal static ShapeException Between(string operation, Shape left, Shape right, string why)
        => new(operation, $"shapes {left} and {right} do not fit: {why}");
}
