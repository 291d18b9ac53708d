using Cairn.Apps;

namespace Cairn.Server;

internal sealed record AppsResponse(IReadOnlyList<AppSummary> Apps);
