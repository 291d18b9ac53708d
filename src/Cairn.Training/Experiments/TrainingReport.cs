using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>Between the thread that learns and the job that writes down what it does.</summary>
internal sealed class TrainingReport(TimeProvider time, TimeSpan checkpointEvery, Action<ExperimentProgress> show)
{
    private readonly Lock gate = new();
    private readonly List<CurvePoint> points = [];
    private ImmutableArray<CandidateResult> candidates = [];
    private (EstimatorChoice Learned, byte[] Bytes)? rounds;
    private bool hasCheckpoint;
    private long phaseBegan;
    private long phaseStart;
    private long lastRounds = time.GetTimestamp();

    public void Phase(string step, long done, long? total)
    {
        (phaseBegan, phaseStart) = (time.GetTimestamp(), done);
        show(new(done, total, step, null));
    }

    public void Advance(string step, long done, long total)
    {
        var seconds = time.GetElapsedTime(phaseBegan).TotalSeconds;
        show(new(done, total, step, done > phaseStart ? seconds / (done - phaseStart) * (total - done) : null));
    }

    public void Point(string series, long step, double value)
    {
        if (!double.IsFinite(value))
            return;
        lock (gate)
            points.Add(new(series, step, value));
    }

    public void Candidates(ImmutableArray<CandidateResult> judged)
    {
        lock (gate)
            (candidates, hasCheckpoint) = (judged, true);
    }

    /// <summary>Keeps the rounds learned so far where the last ones are old enough.</summary>
    public void Rounds(EstimatorChoice learned, Action<Stream> save)
    {
        if (time.GetElapsedTime(lastRounds) < checkpointEvery)
            return;
        lastRounds = time.GetTimestamp();
        using var stream = new MemoryStream();
        save(stream);
        lock (gate)
            (rounds, hasCheckpoint) = ((learned, stream.ToArray()), true);
    }

    /// <summary>What is new since the last call; the checkpoint is null where nothing of it is.</summary>
    public (
        IReadOnlyList<CurvePoint> Points, ImmutableArray<CandidateResult> Candidates, (EstimatorChoice Learned, byte[] Bytes)? Rounds,
        bool HasCheckpoint) Take()
    {
        lock (gate)
        {
            var taken = (points.ToArray(), candidates, rounds, hasCheckpoint);
            points.Clear();
            (rounds, hasCheckpoint) = (null, false);
            return taken;
        }
    }
}
