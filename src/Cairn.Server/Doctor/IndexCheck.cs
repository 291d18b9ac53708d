using Cairn.Knowledge;

namespace Cairn.Server;

/// <summary>Whether searches see everything that was ingested.</summary>
internal sealed class IndexCheck(Readiness readiness, IIndexProgress index) : IDoctorCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public int Order => 400;

    public async Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
        => await readiness.IsCaughtUpAsync(Patience, cancellationToken)
            ? [new("index", DoctorStatus.Ok, $"caught up with the database, at change {index.Position}")]
            : [new("index", DoctorStatus.Warning, $"catching up with the database, at change {index.Position}",
                "Wait; if it stays so, stop the server and delete .cairn/index: it is made again.")];
}
