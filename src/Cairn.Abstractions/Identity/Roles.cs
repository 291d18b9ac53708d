namespace Cairn.Abstractions;

/// <summary>Role names as they stand in <c>role:NAME</c> subjects.</summary>
public static class Roles
{
    public const string Owner = "owner";
    public const string Builder = "builder";
    public const string Member = "member";
}
