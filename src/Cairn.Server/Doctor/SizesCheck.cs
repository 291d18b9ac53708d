using System.Globalization;
using System.Text.Json;
using Cairn.Storage;
using Cairn.Work;

namespace Cairn.Server;

/// <summary>How much room the workspace takes, and what the last upkeep removed.</summary>
internal sealed class SizesCheck(CairnHostOptions options, IDatabase database, IBlobs blobs, IUpkeep upkeep) : IDoctorCheck
{
    public int Order => 110;

    public async Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        var stored = await database.DescribeAsync(cancellationToken);
        var (count, bytes) = await blobs.SizeAsync(cancellationToken);
        var index = new DirectoryInfo(Path.Combine(options.Workspace, ".cairn", "index"));
        var indexed = index.Exists ? index.EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) : 0;
        return
        [
            new("sizes", DoctorStatus.Ok,
                $"database {Size(stored.Bytes)}, {(count == 1 ? "1 blob" : $"{count} blobs")} {Size(bytes)}, index {Size(indexed)}"),
            await UpkeepAsync(cancellationToken),
        ];
    }

    private async Task<DoctorFinding> UpkeepAsync(CancellationToken cancellationToken) => await upkeep.LastAsync(cancellationToken) switch
    {
        null => new("upkeep", DoctorStatus.Ok, "not yet run"),
        { Status: JobStatus.Failed } failed => new("upkeep", DoctorStatus.Warning, $"The last one failed: {failed.Error}",
            "It is tried again by itself; the server's log says more."),
        var last => new("upkeep", DoctorStatus.Ok, $"last run {Time(last.Finished!.Value)}: {Removed(last.Output)}"),
    };

    private static string Removed(string? output)
    {
        var removed = JsonSerializer.Deserialize(output ?? "{}", ServerJson.Default.DictionaryStringInt64)!.Where(r => r.Value > 0)
            .ToList();
        return removed.Count == 0 ? "nothing to remove" : "removed " + string.Join(", ", removed.Select(r => $"{r.Value} {r.Key}"));
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB");
}
