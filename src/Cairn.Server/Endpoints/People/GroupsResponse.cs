using Cairn.Identity;

namespace Cairn.Server;

internal sealed record GroupsResponse(IReadOnlyList<Group> Groups);
