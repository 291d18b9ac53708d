namespace Cairn.Storage;

public static class DatabaseExtensions
{
    /// <summary>A change without a result; see <see cref="IDatabase.WriteAsync{T}"/>.</summary>
    public static Task WriteAsync(
        this IDatabase database, Durability durability, Func<WriteSession, Task> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.WriteAsync(durability, async session =>
        {
            await change(session);
            return true;
        }, cancellationToken);
    }
}
