using Cairn.Knowledge;

namespace Cairn.Server;

/// <summary>Sources that a caller names.</summary>
internal static class SourceNames
{
    /// <summary>
    /// A misspelt source finds nothing and looks like an answer; one whose documents the caller may not see is as unknown.
    /// </summary>
    public static async Task RequireAsync(string source, Principal caller, ISources sources, CancellationToken cancellationToken)
    {
        var known = await sources.ListAsync(caller, cancellationToken);
        if (known.All(s => s.Name != source))
        {
            throw new CairnException(
                ErrorKind.NotFound, "source.unknown", $"There is no source {source} that you may search.",
                known.Count == 0 ? "Leave the source out." : $"Name one of: {string.Join(", ", known.Select(s => s.Name))}.");
        }
    }
}
