namespace Cairn.Learning;

/// <summary>An estimator that tells how far a fit is, and can be stopped after any round.</summary>
public interface IObservableFit
{
    /// <summary>Called after each round of a fit, one call at a time. What it throws ends the fit.</summary>
    Action<FitRound>? Observer { get; set; }
}
