namespace Cairn.Models;

public sealed record TrialFailure(string Code, string Message, string Fix);
