namespace Cairn.Knowledge.Tests;

internal sealed record HarbourAsker(string User, string[] Groups);
