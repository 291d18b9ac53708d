namespace Cairn.Apps;

/// <summary>The app folders of the workspace, read when they are asked for: an edited file holds from the next question.</summary>
public interface IApps
{
    /// <summary>The apps that this caller may use and that have no mistakes, by name.</summary>
    IReadOnlyList<AppSummary> List(Principal caller);

    /// <summary>Every mistake in every app folder, for <c>doctor</c>.</summary>
    IReadOnlyList<Problem> Problems();
}
