namespace Cairn.Learning;

/// <summary>A matrix that the operation has no result for: singular, not positive definite, or with a number that is not finite.</summary>
public sealed class MatrixException(string operation, string problem) : ArithmeticException($"{operation}: {problem}.")
{
    public string Operation { get; } = operation;
}
