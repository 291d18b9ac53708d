namespace Cairn.Identity;

/// <summary>A session right after sign-in; the token goes into the cookie and is stored only as a hash.</summary>
public sealed record NewSession(string User, string Token, DateTimeOffset Expires);
