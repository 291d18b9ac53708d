namespace Cairn.Learning;

/// <content>Dropout (Srivastava et al., 2014).</content>
public sealed partial class Tensor
{
    /// <summary>Each number is 0 with the given probability; the others are scaled so that the mean stays.</summary>
    public Tensor Dropout(float probability, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (probability is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A share to drop is from 0 to below 1.");
        if (probability == 0)
            return this;
        var mask = NdArray.Zeros<float>(Shape.Lengths);
        var kept = 1 / (1 - probability);
        var limit = (uint)(probability * uint.MaxValue);
        var (numbers, bits) = (mask.Storage, 0UL);
        for (var i = 0; i < numbers.Length; i++)
        {
            bits = (i & 1) == 0 ? random.NextBits() : bits >> 32;
            numbers[i] = (uint)bits >= limit ? kept : 0;
        }
        return this * new Tensor(mask);
    }
}
