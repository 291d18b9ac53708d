namespace Cairn.Apps;

/// <summary>
/// How long a workspace keeps what it writes about its work. Conversations and documents are kept until somebody removes them.
/// </summary>
public sealed record KeepDeclaration
{
    public static readonly KeepDeclaration Usual = new();

    /// <summary>The steps of answers, with their times and scores.</summary>
    public TimeSpan Traces { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The same of calls through the gateway; what they cost stays in the ledger.</summary>
    public TimeSpan Calls { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Finished jobs.</summary>
    public TimeSpan Jobs { get; init; } = TimeSpan.FromDays(30);
}
