using System.Collections.Concurrent;
using System.Text.Json;
using Cairn.Storage;

namespace Cairn.Training;

/// <summary>
/// The live versions, read once each. Which version is live is asked of the database at each call, so a promotion holds from the next one.
/// </summary>
internal sealed class ServedModels(VersionStore versions, IBlobs blobs)
{
    private const int Most = 32;
    private readonly ConcurrentDictionary<(string Tenant, string Model, int Version), ServedModel> loaded = new();

    public async Task<ServedModel> LiveAsync(string tenant, string model, CancellationToken cancellationToken)
    {
        var version = await versions.LiveAsync(tenant, model, cancellationToken);
        if (version is null)
            throw (await versions.NamesAsync(tenant, cancellationToken)).Contains(model)
                ? TrainingErrors.NotLive(model)
                : TrainingErrors.NoModel(model);
        return await LoadAsync(tenant, model, version.Value, cancellationToken);
    }

    public async Task<ServedModel> LoadAsync(string tenant, string model, int version, CancellationToken cancellationToken)
    {
        if (loaded.TryGetValue((tenant, model, version), out var known))
            return known;
        var row = await versions.FindAsync(tenant, model, version, cancellationToken) ?? throw TrainingErrors.NoVersion(model, version);
        await using var file = await blobs.OpenAsync(row.Blob, cancellationToken);
        var served = new ServedModel(
            version, row.Blob, FittedModel.Read(file),
            JsonSerializer.Deserialize(row.Input, TrainingJson.Default.InputSchema)!,
            JsonSerializer.Deserialize(row.Profile, TrainingJson.Default.DataProfile)!);
        if (loaded.Count >= Most)
            loaded.Clear();
        return loaded[(tenant, model, version)] = served;
    }
}
