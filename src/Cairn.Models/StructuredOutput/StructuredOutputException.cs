using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// A model did not write what the schema says: <c>output.invalid</c> after all tries, <c>output.truncated</c> when the limit of tokens cut
/// it off,
/// <c>output.filtered</c> when the provider held it back. What it wrote is not in the message.
/// </summary>
public sealed class StructuredOutputException : CairnException
{
    internal StructuredOutputException(string code, string message, string fix, IEnumerable<StructuredAttempt> attempts, UsageDetails usage)
        : base(ErrorKind.Environment, code, message, fix)
    {
        Attempts = [.. attempts];
        Usage = usage;
    }

    /// <summary>Every try, the last one included.</summary>
    public ImmutableArray<StructuredAttempt> Attempts { get; }

    /// <summary>What the last try broke.</summary>
    public ImmutableArray<SchemaViolation> Violations => Attempts[^1].Violations;

    /// <summary>Of all tries together: they were paid for.</summary>
    public UsageDetails Usage { get; }
}
