using System.Collections.Concurrent;
using System.Security.Cryptography;
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
        => await LoadAsync(tenant, model, await LiveVersionAsync(tenant, model, cancellationToken), cancellationToken);

    /// <param name="version">null: the live one.</param>
    public async Task<DescribedModel> DescribeAsync(string tenant, string model, int? version, CancellationToken cancellationToken)
    {
        var number = version ?? await LiveVersionAsync(tenant, model, cancellationToken);
        return loaded.TryGetValue((tenant, model, number), out var known)
            ? known.Description
            : Describe(await RowAsync(tenant, model, number, cancellationToken));
    }

    private async Task<ServedModel> LoadAsync(string tenant, string model, int version, CancellationToken cancellationToken)
    {
        if (loaded.TryGetValue((tenant, model, version), out var known))
            return known;
        var row = await RowAsync(tenant, model, version, cancellationToken);
        var served = new ServedModel(Describe(row), await ReadAsync(row, cancellationToken));
        if (loaded.Count >= Most)
            loaded.Clear();
        return loaded[(tenant, model, version)] = served;
    }

    private static DescribedModel Describe(VersionRow row) => new(
        row.Version,
        JsonSerializer.Deserialize(row.Input, TrainingJson.Default.InputSchema)!,
        JsonSerializer.Deserialize(row.Profile, TrainingJson.Default.DataProfile)!);

    /// <exception cref="CairnException">The file is gone or not what was written: a blob's name is the hash of its bytes.</exception>
    private async Task<FittedModel> ReadAsync(VersionRow row, CancellationToken cancellationToken)
    {
        try
        {
            await using (var written = await blobs.OpenAsync(row.Blob, cancellationToken))
            {
                if (Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellationToken)) != row.Blob)
                    throw TrainingErrors.Damaged(row.Model, row.Version);
            }
            await using var file = await blobs.OpenAsync(row.Blob, cancellationToken);
            return FittedModel.Read(file);
        }
        catch (FileNotFoundException error)
        {
            throw TrainingErrors.Damaged(row.Model, row.Version, error);
        }
    }

    private async Task<int> LiveVersionAsync(string tenant, string model, CancellationToken cancellationToken)
    {
        if (await versions.LiveAsync(tenant, model, cancellationToken) is { } live)
            return live;
        throw (await versions.NamesAsync(tenant, cancellationToken)).Contains(model)
            ? TrainingErrors.NotLive(model)
            : TrainingErrors.NoModel(model);
    }

    private async Task<VersionRow> RowAsync(string tenant, string model, int version, CancellationToken cancellationToken)
        => await versions.FindAsync(tenant, model, version, cancellationToken) ?? throw TrainingErrors.NoVersion(model, version);
}
