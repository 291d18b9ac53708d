using Cairn.Apps;

namespace Cairn.Server;

internal sealed record TracesResponse(IReadOnlyList<Trace> Traces);
