namespace Cairn.Apps;

/// <summary>Every mistake in the app folders.</summary>
internal sealed class AppsCheck(AppFolders apps) : IDoctorCheck
{
    public int Order => 600;

    public Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        var problems = apps.Problems();
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(problems.Count == 0
            ? [new DoctorFinding("apps", DoctorStatus.Ok, "No mistakes in the app folders.")]
            : [.. problems.Select(p => new DoctorFinding("apps", DoctorStatus.Failed, p.ToString(), $"Edit {p.File} line {p.Line}."))]);
    }
}
