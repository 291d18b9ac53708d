namespace Cairn.Training;

/// <summary>
/// Between the thread that learns and those who ask it to leave off early and keep what it has: it says the stage that it is in, and looks
/// here between two rounds.
/// </summary>
internal sealed class TrainingStop
{
    private readonly Lock gate = new();
    private readonly HashSet<TrainingStage> asked = [];
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

    public void Ask(TrainingStage left)
    {
        lock (gate)
            asked.Add(left);
    }

    public bool IsAsked(TrainingStage left)
    {
        lock (gate)
            return asked.Contains(left);
    }
}
