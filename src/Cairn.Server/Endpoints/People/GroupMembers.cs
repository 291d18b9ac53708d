using Cairn.Identity;

namespace Cairn.Server;

/// <summary>Each <c>user:NAME</c> or <c>group:NAME</c>.</summary>
internal sealed record GroupMembers(IReadOnlyList<string> Members);
