namespace Cairn.Learning;

/// <summary>What all transformers do alike: check the input.</summary>
public abstract class Transformer : ITransformer, IStorable
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

    void IStorable.Exchange(ModelState state)
    {
        state.Part("shape", ref shape);
        state.Require(shape is not null, "a transformer has a shape");
        Exchange(state, FittedShape.Require(shape, GetType().Name).Columns);
    }

    /// <summary>See <see cref="IStorable.Exchange"/>; reading, <paramref name="columns"/> are known already.</summary>
    private protected virtual void Exchange(ModelState state, int columns)
        => throw new NotSupportedException($"A model file cannot hold a {GetType().Name}.");
}
