namespace Cairn.Identity;

internal sealed class UserRow
{
    public required string Name { get; init; }

    /// <summary>Separated by commas.</summary>
    public required string Roles { get; init; }

    public long Created { get; init; }

    public long? SignedIn { get; init; }

    public IEnumerable<string> RoleNames => Roles.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
