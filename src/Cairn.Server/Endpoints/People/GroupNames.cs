using Cairn.Identity;

namespace Cairn.Server;

internal sealed record GroupNames(IReadOnlyList<string> Groups);
