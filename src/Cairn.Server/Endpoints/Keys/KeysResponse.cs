using Cairn.Identity;

namespace Cairn.Server;

internal sealed record KeysResponse(IReadOnlyList<ApiKey> Keys);
