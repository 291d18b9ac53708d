namespace Cairn.Models;

/// <summary>
/// Asks models one thing, to see that they answer and to set them side by side. Budgets, limits and traces hold as for any call.
/// </summary>
public interface IModelTrials
{
    public const int MostModels = 8;

    /// <summary>All at once; one that fails fails alone.</summary>
    /// <param name="names">Routes or <c>provider/model</c>; empty: every model of a route.</param>
    /// <exception cref="CairnException">There are too many of them, or one is not known (<c>trial.invalid</c>,
    /// <c>model.unknown</c>).</exception>
    Task<IReadOnlyList<Trial>> TryAsync(
        CallOrigin origin, string prompt, IReadOnlyList<string> names, int mostTokens, CancellationToken cancellationToken);
}
