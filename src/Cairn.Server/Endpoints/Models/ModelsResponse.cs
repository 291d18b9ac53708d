using Cairn.Models;

namespace Cairn.Server;

internal sealed record ModelsResponse(IReadOnlyList<InventoryProvider> Providers, IReadOnlyList<InventoryModel> Models);
