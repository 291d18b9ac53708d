namespace Cairn.Server;

/// <summary>A one-time link right after it was made: the only time that it is shown.</summary>
public sealed record Invitation(string User, string Address, DateTimeOffset Expires, bool Again);
