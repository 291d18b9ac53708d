namespace Cairn.Bench;

/// <param name="Headers">Of every request, each with its line end.</param>
/// <param name="Model">What the body names.</param>
/// <param name="Varies">Every body differs, so that no cache can answer.</param>
internal sealed record GatewayTarget(string Name, int Port, string Headers, string Model, bool Varies);
