namespace Cairn.Storage;

public enum DatabaseEngine
{
    Sqlite,
    PostgreSql,
}
