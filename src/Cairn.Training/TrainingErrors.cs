using Cairn.Learning;

namespace Cairn.Training;

/// <summary>What can go wrong with training and prediction, said so that it can be mended.</summary>
internal static class TrainingErrors
{
    private const string EditRecipe = "Edit the recipe or the data, then train again: cairn train RECIPE";

    public static CairnException Data(string message, string fix = EditRecipe) => new(ErrorKind.Input, "training.data", message, fix);

    public static CairnException DataFile(string file, Exception error) => new(ErrorKind.Input, "training.data-file",
        error is FileNotFoundException or DirectoryNotFoundException ? $"The data file {file} is not there."
            : Directory.Exists(file) ? $"The data file {file} is a folder."
            : $"The data file {file} cannot be read: {error.Message}",
        "Mend `data: file:` in the recipe; a relative path starts at the recipe.", error);

    public static CairnException TooLargeToPlan(string file, long bytes) => new(ErrorKind.TooLarge, "training.plan-size",
        $"{file} has {bytes:N0} bytes, too many to look through beforehand.",
        "Start the training: it checks the rows and estimates the memory before it learns, and says so where either will not do.");

    public static CairnException NoExperiment(string id)
        => new(ErrorKind.NotFound, "experiment.unknown", $"There is no experiment '{id}'.", "See those there are: cairn experiments list");

    public static CairnException NoModel(string name)
        => new(ErrorKind.NotFound, "model.unknown", $"There is no trained model '{name}'.",
            "See those there are (cairn registry list), or train one: cairn train RECIPE");

    public static CairnException NoVersion(string model, int version)
        => new(ErrorKind.NotFound, "model.version", $"The model '{model}' has no version {version}.",
            $"See its versions: cairn registry show {model}");

    public static CairnException NotLive(string model)
        => new(ErrorKind.NotFound, "model.not-live", $"No version of the model '{model}' is live.",
            $"Promote one: cairn registry promote {model} VERSION");

    public static CairnException Damaged(string model, int version, Exception? error = null)
        => new(ErrorKind.Environment, "model.damaged",
            $"The file of version {version} of the model '{model}' is damaged or gone, so it does not predict.",
            $"Promote another version (cairn registry promote {model} VERSION), bring the file back from a backup, or train again.", error);

    public static CairnException Ended(string id, ExperimentStatus status)
        => new(ErrorKind.Conflict, "experiment.ended", $"The training {id} has ended already ({status.ToString().ToLowerInvariant()}).",
            $"See it: cairn experiments show {id}");

    public static CairnException NotBegun(string id)
        => new(ErrorKind.Conflict, "experiment.not-begun",
            $"The training {id} has not begun to learn, so there is nothing that could be kept.",
            $"Wait until it has learned something, or cancel it: cairn experiments cancel {id}");

    public static CairnException NoRounds(string id, string kind)
        => new(ErrorKind.Conflict, "experiment.no-rounds",
            $"The training {id} learns with the estimator '{kind}', which has no whole model before its end: there is nothing to keep yet. "
                + $"Those that can stop early are {string.Join(" and ", EstimatorKinds.All.Where(k => k.HasRounds).Select(k => k.Name))}, "
                + "and every search.",
            $"Wait for its end, or cancel it: cairn experiments cancel {id}");

    /// <summary>What the learning library refuses is wrong input; it names column and row itself.</summary>
    public static Exception Of(Exception error) => error switch
    {
        DivergenceException diverged => new CairnException(ErrorKind.Input, "training.diverged", diverged.Message,
            "Lower the learning rate in the recipe, then train again.", diverged),
        BadInputException or ShapeException or MatrixException or ArgumentException => new CairnException(ErrorKind.Input, "training.data",
            error.Message, EditRecipe, error),
        InsufficientMemoryException => new CairnException(ErrorKind.Input, "training.memory", error.Message,
            "Learn from fewer rows or columns, or where there is more memory.", error),
        OutOfMemoryException => new CairnException(ErrorKind.Environment, "training.memory",
            "The machine's memory ran out while learning, beyond what was foreseen.",
            "Learn from fewer rows or columns, or where there is more memory.", error),
        _ => error,
    };
}
