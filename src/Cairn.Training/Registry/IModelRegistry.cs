namespace Cairn.Training;

/// <summary>Trained models by name and version; one version of a model is live.</summary>
public interface IModelRegistry
{
    Task<IReadOnlyList<RegisteredModel>> ListAsync(Principal caller, CancellationToken cancellationToken);

    /// <exception cref="CairnException">There is none.</exception>
    Task<RegisteredModel> FindAsync(Principal caller, string name, CancellationToken cancellationToken);

    /// <summary>Makes a version the one that predicts, from the next call.</summary>
    Task<RegisteredModel> PromoteAsync(Principal caller, string name, int version, CancellationToken cancellationToken);

    /// <summary>Makes the version live that was before the one that is.</summary>
    /// <param name="from">The version that the caller saw live; null: whichever is.</param>
    /// <exception cref="CairnException">Another one is live by now, or none was before.</exception>
    Task<RegisteredModel> RollBackAsync(Principal caller, string name, int? from, CancellationToken cancellationToken);
}
