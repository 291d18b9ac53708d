using Cairn.Identity;

namespace Cairn.Server;

internal sealed record AddUserRequest(string Name, IReadOnlyList<string>? Groups = null, IReadOnlyList<string>? Roles = null);
