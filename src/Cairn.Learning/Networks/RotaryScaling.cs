namespace Cairn.Learning;

/// <summary>
/// Slower turning for texts longer than a model was first trained on, as Llama 3.1 does: what turns at least <see cref="HighFactor"/> times
/// within the original context stays, what turns at most <see cref="LowFactor"/> times is slowed by <see cref="Factor"/>, and between them
/// it goes over evenly.
/// </summary>
public sealed record RotaryScaling
{
    public required double Factor { get; init; }

    public required double LowFactor { get; init; }

    public required double HighFactor { get; init; }

    /// <summary>Tokens.</summary>
    public required int OriginalContext { get; init; }

    /// <summary>Radians a token, from radians a token.</summary>
    internal double Scaled(double frequency)
    {
        var turns = OriginalContext * frequency / (2 * Math.PI);
        var share = Math.Clamp((turns - LowFactor) / (HighFactor - LowFactor), 0, 1);
        return (share * frequency) + ((1 - share) * frequency / Factor);
    }
}
