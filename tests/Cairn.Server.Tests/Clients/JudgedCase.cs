namespace Cairn.Server.Tests;

/// <param name="Error">What the client threw or the case found wrong; null when all was well.</param>
internal sealed record JudgedCase(string Client, string Provider, string Name, string? Error, int Milliseconds);
