using Cairn.Apps;

namespace Cairn.Server;

/// <summary>Whether the folders that <c>cairn.yaml</c> declares can be read.</summary>
internal sealed class SourcesCheck(WorkspaceFile workspace) : IDoctorCheck
{
    public int Order => 300;

    public Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<DoctorFinding>>([.. workspace.Sources.Where(s => s.Root is not null)
            .Select(s => Check($"source {s.Name}", s.Root!))]);

    private static DoctorFinding Check(string name, string root)
    {
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(root).GetEnumerator();
            return entries.MoveNext()
                ? new(name, DoctorStatus.Ok, root)
                : new(name, DoctorStatus.Warning, $"{root} is empty",
                    "Put documents there, or let the source's path in cairn.yaml lead to them.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(name, DoctorStatus.Failed, $"{root} can't be read: {e.Message}",
                "Mend the source's path in cairn.yaml, or the folder's rights.");
        }
    }
}
