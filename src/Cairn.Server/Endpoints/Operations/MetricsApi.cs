using Cairn.Models;

namespace Cairn.Server;

/// <summary>For Prometheus: who scrapes has a key of somebody who operates the workspace.</summary>
internal static class MetricsApi
{
    public static void MapMetricsApi(this IEndpointRouteBuilder routes)
        => routes.MapGet("/metrics", (IGatewayMetrics metrics) => Results.Text(metrics.Text(), "text/plain; version=0.0.4"))
            .Requires(Right.Operate).ExcludeFromDescription();
}
