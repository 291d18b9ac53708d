namespace Cairn.Models;

/// <summary>What ends an attempt and is not the provider's fault.</summary>
internal static class CallerFailures
{
    /// <param name="who">The provider and its model.</param>
    /// <param name="reason">Which limit of time ended the attempt.</param>
    /// <param name="inner">What it was seen by.</param>
    public static CairnException Slow(string who, string reason, Exception? inner) => new(
        ErrorKind.Input, "caller.slow", $"The answer of {who} was not taken in time: {reason}.",
        "Read the answer as it comes, or raise the limit 'total' of the provider in cairn.yaml.", inner);
}
