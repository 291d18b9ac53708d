namespace Cairn.Learning;

/// <summary>What all regressors do alike: check the input.</summary>
public abstract class Regressor : IRegressor, IStorable
{
    private FittedShape? shape;

    private protected Regressor()
    {
    }

    private protected virtual bool AllowsMissing => false;

    private protected bool IsFitted => shape is not null;

    public void Fit(Features features, ReadOnlySpan<double> targets)
    {
        var name = GetType().Name;
        var fitted = FittedShape.Of(name, features, targets.Length, AllowsMissing);
        Pairs.RequireFinite(name, "target", targets);
        shape = null;
        Learn(features, targets.ToArray());
        shape = fitted;
    }

    public double[] Predict(Features features)
    {
        FittedShape.Require(shape, GetType().Name).Check(features, AllowsMissing);
        return Numbers(features);
    }

    private protected abstract void Learn(Features features, double[] targets);

    private protected abstract double[] Numbers(Features features);

    void IStorable.Exchange(ModelState state)
    {
        state.Part("shape", ref shape);
        state.Require(shape is not null, "a regressor has a shape");
        Exchange(state, FittedShape.Require(shape, GetType().Name).Columns);
    }

    /// <summary>See <see cref="IStorable.Exchange"/>; reading, <paramref name="columns"/> are known already.</summary>
    private protected abstract void Exchange(ModelState state, int columns);
}
