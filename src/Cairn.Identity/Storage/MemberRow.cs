namespace Cairn.Identity;

internal sealed class MemberRow
{
    public required string Grp { get; init; }

    public required string Member { get; init; }
}
