namespace Cairn.Identity;

/// <summary>A key right after it was made: the only time that <see cref="Key"/> can be seen.</summary>
public sealed record NewApiKey(string Id, string Key, string User);
