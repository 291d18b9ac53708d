using System.Collections.Concurrent;

namespace Cairn.Training;

/// <summary>How far the trainings of this process are.</summary>
internal sealed class RunningTrainings
{
    private readonly ConcurrentDictionary<(string Tenant, string Id), ExperimentProgress> progress = new();

    public ExperimentProgress? Find(string tenant, string id) => progress.GetValueOrDefault((tenant, id));

    public void Set(string tenant, string id, ExperimentProgress now) => progress[(tenant, id)] = now;

    public void Remove(string tenant, string id) => progress.TryRemove((tenant, id), out _);
}
