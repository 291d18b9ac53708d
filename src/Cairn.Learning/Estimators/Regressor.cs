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
        var fitted = Checked(features, targets);
        shape = null;
        Learn(features, targets.ToArray());
        shape = fitted;
    }

    /// <summary>Refuses what <see cref="Fit"/> would refuse before it learns, in the same words; learns nothing.</summary>
    /// <exception cref="BadInputException">As <see cref="Fit"/> says it.</exception>
    public void CheckFit(Features features, ReadOnlySpan<double> targets) => Checked(features, targets);

    public double[] Predict(Features features)
    {
        FittedShape.Require(shape, GetType().Name).Check(features, AllowsMissing);
        return Numbers(features);
    }

    /// <summary>What this kind refuses beside what all do; called before <see cref="Learn"/>.</summary>
    private protected virtual void Require(Features features)
    {
    }

    private protected abstract void Learn(Features features, double[] targets);

    private protected abstract double[] Numbers(Features features);

    private FittedShape Checked(Features features, ReadOnlySpan<double> targets)
    {
        var name = GetType().Name;
        var fitted = FittedShape.Of(name, features, targets.Length, AllowsMissing);
        Pairs.RequireFinite(name, "target", targets);
        Require(features);
        return fitted;
    }

    void IStorable.Exchange(ModelState state)
    {
        state.Part("shape", ref shape);
        state.Require(shape is not null, "a regressor has a shape");
        Exchange(state, FittedShape.Require(shape, GetType().Name).Columns);
    }

    /// <summary>See <see cref="IStorable.Exchange"/>; reading, <paramref name="columns"/> are known already.</summary>
    private protected abstract void Exchange(ModelState state, int columns);
}
