namespace Cairn.Models;

/// <summary>Measures, before a route compares questions by meaning, how often that would give a wrong reply.</summary>
public interface ISimilarityTrials
{
    public const int MostQuestions = 20_000;

    /// <summary>
    /// Embeds every question (limits, budgets and traces hold as for any call), then asks them in turn at each distance. Nothing is kept.
    /// </summary>
    /// <exception cref="CairnException">There are no questions, or too many, or a distance is none (<c>trial.invalid</c>); or the embedding
    /// failed.</exception>
    Task<IReadOnlyList<SimilarityTrial>> RunAsync(
        CallOrigin origin, string model, IReadOnlyList<LabelledQuestion> questions, IReadOnlyList<double> distances,
        CancellationToken cancellationToken);
}
