namespace Cairn.Storage;

/// <summary>What a commit survives.</summary>
public enum Durability
{
    /// <summary>Survives the process; a power cut may take the last commits. For rows that can be derived again.</summary>
    Derived,

    /// <summary>
    /// On disk before the call returns. For intents, approvals, reservations, audit rows, what was acknowledged to a person.
    /// </summary>
    Full,
}
