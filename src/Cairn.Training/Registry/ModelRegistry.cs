using System.Collections.Immutable;

namespace Cairn.Training;

internal sealed class ModelRegistry(VersionStore versions, ExperimentStore experiments, IAccess access) : IModelRegistry
{
    public async Task<IReadOnlyList<RegisteredModel>> ListAsync(Principal caller, CancellationToken cancellationToken)
    {
        TrainingRight.Require(access, caller);
        var models = new List<RegisteredModel>();
        foreach (var name in await versions.NamesAsync(caller.Tenant, cancellationToken))
            models.Add(await FindAsync(caller, name, cancellationToken));
        return models;
    }

    public async Task<RegisteredModel> FindAsync(Principal caller, string name, CancellationToken cancellationToken)
    {
        TrainingRight.Require(access, caller);
        var (rows, events) = await versions.ReadAsync(caller.Tenant, name, cancellationToken);
        if (rows.Count == 0)
            throw TrainingErrors.NoModel(name);
        var live = ModelEvent.Live(events);
        var found = ImmutableArray.CreateBuilder<ModelVersion>();
        foreach (var row in rows)
        {
            var experiment = (await experiments.FindAsync(caller.Tenant, row.Experiment, cancellationToken))
                .Single(e => e.Id == row.Experiment);
            found.Add(new()
            {
                Version = row.Version,
                Experiment = row.Experiment,
                Hash = row.Blob,
                Created = row.Created,
                IsLive = !live.IsEmpty && live[^1] == row.Version,
                Outcome = experiment.ReadOutcome()!,
            });
        }
        return new()
        {
            Name = name,
            Live = live.IsEmpty ? null : live[^1],
            Previous = live.Length < 2 ? null : live[^2],
            Versions = found.ToImmutable(),
            Events = [.. events.Reverse()],
        };
    }

    public async Task<RegisteredModel> PromoteAsync(Principal caller, string name, int version, CancellationToken cancellationToken)
    {
        var model = await FindAsync(caller, name, cancellationToken);
        if (model.Versions.All(v => v.Version != version))
            throw TrainingErrors.NoVersion(name, version);
        await versions.ChangeAsync(caller.Tenant, name, caller.User ?? "",
            events => ModelEvent.Live(events) is [.., var live] && live == version
            ? throw new CairnException(ErrorKind.Conflict, "model.live", $"Version {version} of the model '{name}' is live already.",
                "Nothing to do.")
            : (ModelEvent.Promoted, version), cancellationToken);
        return await FindAsync(caller, name, cancellationToken);
    }

    public async Task<RegisteredModel> RollBackAsync(Principal caller, string name, int? from, CancellationToken cancellationToken)
    {
        await FindAsync(caller, name, cancellationToken);
        await versions.ChangeAsync(caller.Tenant, name, caller.User ?? "", events => ModelEvent.Live(events) switch
        {
            [.., var live] when from is { } seen && seen != live => throw new CairnException(ErrorKind.Conflict, "model.moved",
                $"Version {live} of the model '{name}' is live by now, no longer version {seen}; nothing was rolled back.",
                "Look at its versions again, and roll back if it is still wanted."),
            [.., var previous, _] => (ModelEvent.RolledBack, previous),
            _ => throw new CairnException(ErrorKind.Conflict, "model.first",
                $"No version of the model '{name}' was live before the one that is.",
                $"Promote a version by its number: cairn registry promote {name} VERSION"),
        }, cancellationToken);
        return await FindAsync(caller, name, cancellationToken);
    }
}
