using Cairn.Apps;

namespace Cairn.Server;

/// <summary>
/// A question. Null model: the app's own; <c>floor</c>: without one. Save: keep the turn in a conversation, a new one when none is named.
/// Null source: all that the app may use.
/// </summary>
internal sealed record AskBody(
    string Question, string? Conversation = null, string? Model = null, bool Save = false, string? Source = null);
