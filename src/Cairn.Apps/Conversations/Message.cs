namespace Cairn.Apps;

/// <summary>One turn of a saved conversation. <see cref="Answer"/> is set on the assistant's turns.</summary>
public sealed record Message
{
    public required string Id { get; init; }

    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    public required string Text { get; init; }

    public Answer? Answer { get; init; }

    public required DateTimeOffset Created { get; init; }
}
