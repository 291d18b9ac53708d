using Cairn.Knowledge;

namespace Cairn.Server;

internal sealed record SourcesResponse(IReadOnlyList<SourceSummary> Sources);
