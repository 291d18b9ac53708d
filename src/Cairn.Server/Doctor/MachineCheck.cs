using System.Runtime.InteropServices;

namespace Cairn.Server;

/// <summary>.NET, and the space left where the workspace keeps its state.</summary>
internal sealed class MachineCheck(CairnHostOptions options) : IDoctorCheck
{
    private const long Little = 1L << 30;
    private const long TooLittle = 64L << 20;

    public int Order => 0;

    public Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<DoctorFinding>>(
        [
            new("dotnet", DoctorStatus.Ok, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}"),
            Disk(new DriveInfo(Path.Combine(options.Workspace, ".cairn")).AvailableFreeSpace),
        ]);

    private static DoctorFinding Disk(long free) => free switch
    {
        < TooLittle => new("disk", DoctorStatus.Failed, $"{free >> 20} MB free",
            "Make room: with a full disk nothing can be ingested or kept."),
        < Little => new("disk", DoctorStatus.Warning, $"{free >> 20} MB free", "Make room: at least 1 GB is comfortable."),
        _ => new("disk", DoctorStatus.Ok, $"{free >> 30} GB free"),
    };
}
