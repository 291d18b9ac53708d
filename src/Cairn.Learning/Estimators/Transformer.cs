namespace Cairn.Learning;

/// <summary>What all transformers do alike: check the input.</summary>
public abstract class Transformer : ITransformer
{
    private FittedShape? shape;

    private protected Transformer()
    {
    }

    private protected virtual bool AllowsMissing => false;

    public void Fit(Features features)
    {
        var fitted = FittedShape.Of(GetType().Name, features, AllowsMissing);
        shape = null;
        Learn(features);
        shape = fitted;
    }

    public Features Transform(Features features)
    {
        FittedShape.Require(shape, GetType().Name).Check(features, AllowsMissing);
        return Change(features);
    }

    private protected abstract void Learn(Features features);

    private protected abstract Features Change(Features features);
}
