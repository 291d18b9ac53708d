using Cairn.Identity;

namespace Cairn.Server;

internal sealed record LinkResponse
{
    public required string User { get; init; }

    public required string Link { get; init; }

    public required DateTimeOffset Expires { get; init; }
}
