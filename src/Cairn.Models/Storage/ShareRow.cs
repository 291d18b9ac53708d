namespace Cairn.Models;

/// <summary>A server's parts of a limit.</summary>
internal sealed record ShareRow
{
    public required string Key { get; init; }

    public required string Holder { get; init; }

    public long Parts { get; init; }

    public long Wanted { get; init; }

    public long Expires { get; init; }
}
