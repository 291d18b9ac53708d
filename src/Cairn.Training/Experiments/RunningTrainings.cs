using System.Collections.Concurrent;

namespace Cairn.Training;

/// <summary>The trainings of this process: how far each is, and what it is asked to leave off.</summary>
internal sealed class RunningTrainings
{
    private readonly ConcurrentDictionary<(string Tenant, string Id), ExperimentProgress> progress = new();
    private readonly ConcurrentDictionary<(string Tenant, string Id), TrainingStop> stops = new();

    public ExperimentProgress? Find(string tenant, string id) => progress.GetValueOrDefault((tenant, id));

    public TrainingStop? FindStop(string tenant, string id) => stops.GetValueOrDefault((tenant, id));

    public void Begin(string tenant, string id, TrainingStop stop) => stops[(tenant, id)] = stop;

    public void Set(string tenant, string id, ExperimentProgress now) => progress[(tenant, id)] = now;

    public void Remove(string tenant, string id)
    {
        progress.TryRemove((tenant, id), out _);
        stops.TryRemove((tenant, id), out _);
    }
}
