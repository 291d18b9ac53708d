using Cairn.Identity;

namespace Cairn.Server;

/// <summary>Null: for the caller.</summary>
internal sealed record CreateKeyRequest(string? User = null);
