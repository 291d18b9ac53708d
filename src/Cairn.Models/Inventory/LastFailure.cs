namespace Cairn.Models;

/// <summary>The newest failure of a model, in the words that callers were given.</summary>
public sealed record LastFailure(string Code, string Message, DateTimeOffset At);
