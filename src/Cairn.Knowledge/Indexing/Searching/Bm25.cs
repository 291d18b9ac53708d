namespace Cairn.Knowledge;

/// <summary>
/// BM25 (Robertson, Zaragoza 2009) in integers, so that a sum does not depend on its order and pruned search equals brute force to the
/// last bit. The weight of a term is ln(1 + (N - n + 1/2) / (n + 1/2)); its saturation is f / (f + K), with
/// K = k1 · (1 - b + b · l / mean) up to the mean length and a gentler slope beyond it: a short passage that matches is about the matter,
/// while a long one is long for many reasons.
/// </summary>
internal static class Bm25
{
    /// <summary>One unit of score in the integers of <see cref="Contribution"/>.</summary>
    public const int Unit = 1 << 16;

    public const int LengthCodes = 256;

    /// <summary>One unit of weight in the integers of <see cref="Weight"/>.</summary>
    public const int WeightUnit = 1 << WeightBits;

    private const int WeightBits = 12;

    /// <summary>
    /// Share of a superseded passage's score that it keeps, in 256ths: enough to lose against its successor, and to be found alone.
    /// </summary>
    public const int SupersededShare = 205;

    /// <summary>A term repeated in a question counts so often at most.</summary>
    public const int MaxRepeats = 4;

    /// <summary>The weight of a term in <paramref name="found"/> of <paramref name="passages"/> passages.</summary>
    public static uint Weight(int passages, int found, int repeats)
    {
        var weight = Math.Log(1 + ((passages - found + 0.5) / (found + 0.5)));
        return (uint)Math.Round(weight * Math.Min(repeats, MaxRepeats) * WeightUnit);
    }

    /// <summary>Saturation in 65,535ths by frequency code · 256 + length code; falls with length, grows with frequency.</summary>
    public static ushort[] Saturation(Bm25Parameters parameters, double meanLength)
    {
        var table = new ushort[FrequencyCode.Count * LengthCodes];
        for (var length = 0; length < LengthCodes; length++)
        {
            var k = Normalisation(parameters, meanLength > 0 ? LengthCode.Decode((byte)length) / meanLength : 1);
            for (var frequency = 0; frequency < FrequencyCode.Count; frequency++)
            {
                double f = FrequencyCode.Decode(frequency);
                table[(frequency * LengthCodes) + length] = (ushort)(f / (f + k) * ushort.MaxValue);
            }
        }
        return table;
    }

    /// <summary>K for a passage of this length, relative to the mean.</summary>
    public static double Normalisation(Bm25Parameters parameters, double relative)
        => parameters.K1 * (1 - parameters.B + (parameters.B * (relative <= 1 ? relative : 1 + ((relative - 1) * parameters.LongSlope))));

    /// <summary>
    /// What a term of this weight adds to a passage that holds it; never nothing, so that a passage with any term is found.
    /// </summary>
    public static int Contribution(uint weight, ushort saturation) => (int)(((ulong)weight * saturation) >> WeightBits) + 1;
}
