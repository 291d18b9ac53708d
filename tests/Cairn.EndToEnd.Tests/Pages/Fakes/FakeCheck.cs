namespace Cairn.EndToEnd.Tests;

/// <summary>Findings of every kind; over an empty workspace all is well.</summary>
internal sealed class FakeCheck(bool empty) : IDoctorCheck
{
    public int Order => 100;

    public Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        DoctorFinding[] well =
        [
            new("database", DoctorStatus.Ok, "SQLite 3.45.1 at /srv/harbour/.cairn/cairn.db."),
            new("sizes", DoctorStatus.Ok, "database 48.2 MB, 31 blobs 212 MB, index 11.9 MB"),
            new("upkeep", DoctorStatus.Ok, "last run 2026-03-01 04:10 UTC: removed 3 blobs, 112 jobs"),
        ];
        DoctorFinding[] ill =
        [
            new("source archive", DoctorStatus.Failed,
                "The folder /mnt/ablage/hafenbetriebsgesellschaft/schleppgebührenordnungen is not there.",
                "Mount it, or mend `path` of the source in cairn.yaml."),
            new("sandbox", DoctorStatus.Warning, "bubblewrap is not installed; parsers run with limits only.",
                "apt-get install bubblewrap"),
        ];
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(empty ? well : [.. well, .. ill]);
    }
}
