namespace Cairn.Apps;

/// <summary>One mistake in a file of the workspace; lines and columns count from 1.</summary>
/// <param name="Suggestion">The nearest known name, null when nothing is near.</param>
public sealed record Problem(string File, int Line, int Column, string Message, string? Suggestion = null)
{
    public override string ToString()
        => $"{File}:{Line}:{Column}: {Message}{(Suggestion is null ? "" : $"; did you mean '{Suggestion}'?")}";
}
