namespace Cairn.Models;

/// <summary>What the gateway counted since the process began.</summary>
public interface IGatewayMetrics
{
    /// <summary>In Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/), version 0.0.4.</summary>
    string Text();
}
