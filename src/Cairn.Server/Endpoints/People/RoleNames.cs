using Cairn.Identity;

namespace Cairn.Server;

internal sealed record RoleNames(IReadOnlyList<string> Roles);
