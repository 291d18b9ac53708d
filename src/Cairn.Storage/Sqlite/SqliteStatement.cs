using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cairn.Storage;

/// <summary>
/// One statement, prepared once and bound by position for many rows. The driver's own command finds every parameter by its name and makes a
/// reader for each row, which costs several times what SQLite needs to write it.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <param name="sql">One statement without rows to return; parameters are written <c>@name</c>.</param>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        Parameters = [.. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(_statement))
            .Select(i => raw.sqlite3_bind_parameter_name(_statement, i).utf8_to_string()[1..])];
    }

    /// <summary>Names without the sign, in the order of their places.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <param name="place">Index into <see cref="Parameters"/>.</param>
    public void Bind(int place, object? value) => Check(value switch
    {
        null => raw.sqlite3_bind_null(_statement, place + 1),
        string text => raw.sqlite3_bind_text(_statement, place + 1, text),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, place + 1, bytes),
        double number => raw.sqlite3_bind_double(_statement, place + 1, number),
        float number => raw.sqlite3_bind_double(_statement, place + 1, number),
        int or long or short or byte or uint => raw.sqlite3_bind_int64(_statement, place + 1,
            Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"A {value.GetType().Name} cannot be written to a column."),
    });

    /// <returns>How many rows changed.</returns>
    public int Execute()
    {
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
            Check(result);
        return raw.sqlite3_changes(_database);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, _database);
    }
}
