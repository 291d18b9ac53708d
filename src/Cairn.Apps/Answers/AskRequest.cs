namespace Cairn.Apps;

/// <summary>A question to an app.</summary>
public sealed record AskRequest
{
    public string App { get; init; } = "assistant";

    public required string Question { get; init; }

    /// <summary>Continues a saved conversation of the caller; null with <see cref="Save"/>: starts one.</summary>
    public string? Conversation { get; init; }

    /// <summary>A route, or <c>floor</c>; null: the app's own.</summary>
    public string? Model { get; init; }

    /// <summary>Keep the turn in a conversation (the interface does, the command line does not).</summary>
    public bool Save { get; init; }
}
