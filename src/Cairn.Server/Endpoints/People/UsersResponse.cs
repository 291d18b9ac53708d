using Cairn.Identity;

namespace Cairn.Server;

internal sealed record UsersResponse(IReadOnlyList<User> Users);
