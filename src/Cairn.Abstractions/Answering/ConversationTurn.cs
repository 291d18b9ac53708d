namespace Cairn.Abstractions;

/// <summary>One earlier turn: <c>user</c> or <c>assistant</c>, and the text.</summary>
public sealed record ConversationTurn(string Role, string Text);
