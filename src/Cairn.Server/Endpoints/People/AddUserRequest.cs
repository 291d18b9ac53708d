using Cairn.Identity;

namespace Cairn.Server;

/// <param name="Restore">It is the removed user of this name again, who gets back what was theirs.</param>
internal sealed record AddUserRequest(
    string Name, IReadOnlyList<string>? Groups = null, IReadOnlyList<string>? Roles = null, bool Restore = false);
