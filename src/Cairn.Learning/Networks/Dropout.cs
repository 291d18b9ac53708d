namespace Cairn.Learning;

/// <summary>Drops numbers while training; passes everything when predicting.</summary>
public sealed class Dropout(float probability, Seeded random) : NetworkLayer
{
    private readonly Seeded own = random.Split();

    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return IsTraining ? input.Dropout(probability, own) : input;
    }
}
