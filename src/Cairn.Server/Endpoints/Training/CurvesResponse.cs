using Cairn.Training;

namespace Cairn.Server;

/// <param name="Svg">The points drawn; null where there are none.</param>
internal sealed record CurvesResponse(IReadOnlyList<CurvePoint> Points, string? Svg);
