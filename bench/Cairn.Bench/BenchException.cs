namespace Cairn.Bench;

/// <summary>The benchmark can't run here; the message says what it needs.</summary>
internal sealed class BenchException(string message) : Exception(message);
