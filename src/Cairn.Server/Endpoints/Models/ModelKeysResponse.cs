using Cairn.Models;

namespace Cairn.Server;

internal sealed record ModelKeysResponse(IReadOnlyList<StoredSecret> Keys);
