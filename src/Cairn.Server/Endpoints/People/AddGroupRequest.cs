using Cairn.Identity;

namespace Cairn.Server;

internal sealed record AddGroupRequest(string Name, IReadOnlyList<string>? Members = null);
