namespace Cairn.Bench;

internal sealed record BuildFigures(double Seconds, long Bytes);
