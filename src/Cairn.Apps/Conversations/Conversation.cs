namespace Cairn.Apps;

public sealed record Conversation
{
    public required string Id { get; init; }

    public required string App { get; init; }

    public required string Title { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }
}
