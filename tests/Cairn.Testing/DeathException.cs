namespace Cairn.Testing;

/// <summary>Thrown by a <see cref="DyingDatabase"/> where a process would have been killed.</summary>
public sealed class DeathException : Exception;
