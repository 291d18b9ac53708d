namespace Cairn.Identity;

/// <summary>A link's token right after it was made: the only time it can be seen. It works once, until <see cref="Expires"/>.</summary>
public sealed record SignInLink(string User, string Token, DateTimeOffset Expires);
