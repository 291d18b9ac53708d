using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>A question to an app.</summary>
public sealed record AskRequest
{
    public string App { get; init; } = "assistant";

    public required string Question { get; init; }

    /// <summary>Continues a saved conversation of the caller; null with <see cref="Save"/>: starts one.</summary>
    public string? Conversation { get; init; }

    /// <summary>Earlier turns as the caller tells them, where no saved conversation holds them.</summary>
    public ImmutableArray<ConversationTurn> History { get; init; } = [];

    /// <summary>The id of the API key that pays; null without one.</summary>
    public string? Key { get; init; }

    /// <summary>A route, or <c>floor</c>; null: the app's own.</summary>
    public string? Model { get; init; }

    public ModelWishes? Wishes { get; init; }

    /// <summary>Only this source of those that the app may use; null: all of them.</summary>
    public string? Source { get; init; }

    /// <summary>Keep the turn in a conversation (the interface does, the command line does not).</summary>
    public bool Save { get; init; }
}
