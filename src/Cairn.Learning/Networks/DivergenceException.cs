namespace Cairn.Learning;

/// <summary>Training ran away: a gradient is not finite. The message says at which step.</summary>
public sealed class DivergenceException(int step, string problem)
    : ArithmeticException($"Training diverged at step {step}: {problem}. A lower learning rate, a warm-up or clipping usually mends it.")
{
    public int Step { get; } = step;
}
