namespace Cairn.Training;

/// <summary>Trainings: each is a durable job with a record of what it did.</summary>
public interface IExperiments
{
    /// <summary>Keeps a copy of the data, records the experiment and starts its job.</summary>
    /// <exception cref="CairnException">The caller may not train, or the data file cannot be read.</exception>
    Task<Experiment> StartAsync(Principal caller, Recipe recipe, CancellationToken cancellationToken);

    /// <summary>Looks through a recipe's data, at most 100 MiB of them, without training.</summary>
    /// <exception cref="CairnException">What the training would be refused for: the data are not what the recipe says, with column and
    /// row.</exception>
    Task<TrainingPlan> PlanAsync(Principal caller, Recipe recipe, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="model">null: of every model.</param>
    Task<IReadOnlyList<Experiment>> ListAsync(Principal caller, string? model, int limit, CancellationToken cancellationToken);

    /// <exception cref="CairnException">There is none of this id; an unambiguous beginning of an id will do.</exception>
    Task<Experiment> FindAsync(Principal caller, string id, CancellationToken cancellationToken);

    /// <summary>Ends a training; what was recorded is kept, no version is made.</summary>
    /// <exception cref="CairnException">It has ended already.</exception>
    Task<Experiment> CancelAsync(Principal caller, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Asks a training to leave off early and keep what it has: a search ends and its best candidate so far is learned, a fit ends and its
    /// best round so far becomes the version.
    /// </summary>
    /// <exception cref="CairnException">It has not begun, has ended, or learns in one go, so that there is nothing to keep.</exception>
    Task<Experiment> StopAsync(Principal caller, string id, CancellationToken cancellationToken);

    /// <summary>The curves of an experiment, by series and step.</summary>
    Task<IReadOnlyList<CurvePoint>> CurvesAsync(Principal caller, string id, CancellationToken cancellationToken);

    Task<Stream> OpenArtefactAsync(Principal caller, string id, string name, CancellationToken cancellationToken);

    /// <summary>Yields the experiment now and at each change, and ends after yielding it finished.</summary>
    IAsyncEnumerable<Experiment> FollowAsync(Principal caller, string id, CancellationToken cancellationToken);
}
