using Cairn.Apps;
using Cairn.Models;
using Cairn.Storage;

namespace Cairn.Server;

/// <summary>Which database <c>cairn.yaml</c> asks for.</summary>
internal static class WorkspaceStorage
{
    /// <exception cref="CairnException">The connection string refers to something that is not there.</exception>
    public static DatabaseOptions Of(WorkspaceFile file, string state, ISettings settings)
    {
        if (file.UsesSqlite)
            return DatabaseOptions.Sqlite(Path.Combine(state, "cairn.db"), Path.Combine(state, "blobs"));
        return file.Storage.Resolve(settings) is { } connection
            ? DatabaseOptions.PostgreSql(connection)
            : throw new CairnException(ErrorKind.Environment, "storage.unresolved",
                $"The database of {WorkspaceFile.FileName} can't be reached: {string.Join("; ", file.Storage.Missing(settings))}.",
                "Set what is missing, or write `storage: sqlite`.");
    }
}
