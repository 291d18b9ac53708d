namespace Cairn.Bench;

/// <param name="Quick">A smaller size that ends within 50 s on two cores.</param>
/// <param name="Arguments">Everything behind the suite's name.</param>
internal sealed record BenchOptions(bool Quick, IReadOnlyList<string> Arguments);
