namespace Cairn.Identity;

/// <summary>Tells of the subjects of an access rule which ones name nobody here (yet).</summary>
public interface ISubjects
{
    /// <summary>
    /// One sentence for each subject that names a group, user or role that does not exist; it names the groups that do, never people.
    /// A rule may come before its group, so this is no error.
    /// </summary>
    Task<IReadOnlyList<string>> WarningsAsync(string tenant, IReadOnlyList<string> subjects, CancellationToken cancellationToken);
}
