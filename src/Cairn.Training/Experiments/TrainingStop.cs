namespace Cairn.Training;

/// <summary>
/// Between the thread that learns and those who ask it to leave off early and keep what it has: it says the stage that it is in, and looks
/// here between two rounds.
/// </summary>
internal sealed class TrainingStop
{
    private readonly Lock gate = new();
    private TrainingStage? asked;
    private TrainingStage? stage;
    private bool isNew;

    /// <summary>null until the data are read.</summary>
    public TrainingStage? Stage
    {
        get
        {
            lock (gate)
                return stage;
        }
    }

    public void Enter(TrainingStage next)
    {
        lock (gate)
            (stage, isNew) = (next, true);
    }

    /// <returns>null where it is the one of the last call.</returns>
    public TrainingStage? TakeNewStage()
    {
        lock (gate)
        {
            var taken = isNew ? stage : null;
            isNew = false;
            return taken;
        }
    }

    /// <summary>Who leaves a stage off has done with those before it too: a later attempt takes none of them up again.</summary>
    public void Ask(TrainingStage left)
    {
        lock (gate)
            asked = asked > left ? asked : left;
    }

    public bool IsAsked(TrainingStage left)
    {
        lock (gate)
            return asked >= left;
    }
}
