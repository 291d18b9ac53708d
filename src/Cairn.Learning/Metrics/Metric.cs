namespace Cairn.Learning;

/// <summary>A figure over pairs of what was so and what was predicted; every metric of two arguments is one.</summary>
public delegate double Metric<TActual, TPredicted>(ReadOnlySpan<TActual> actual, ReadOnlySpan<TPredicted> predicted);
