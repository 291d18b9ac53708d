using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Cairn.Bench;

/// <summary>SQLite's FTS5 with its bm25: the question's words, any of them, best ten.</summary>
internal sealed class FtsPeer(string path, string tokenizer) : ISearchPeer
{
    private SqliteConnection? _connection;

    public string Name => tokenizer.StartsWith("porter", StringComparison.Ordinal) ? "fts5-porter" : "fts5";

    public BuildFigures Build(IReadOnlyList<string> passages)
    {
        File.Delete(path);
        var watch = Stopwatch.StartNew();
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA mmap_size=1000000000");
        Run($"CREATE VIRTUAL TABLE passages USING fts5(text, content='', tokenize='{tokenizer}')");
        using (var transaction = _connection.BeginTransaction())
        {
            using var insert = _connection.CreateCommand();
            insert.CommandText = "INSERT INTO passages(rowid, text) VALUES ($id, $text)";
            var (id, text) = (insert.Parameters.Add("$id", SqliteType.Integer), insert.Parameters.Add("$text", SqliteType.Text));
            for (var i = 0; i < passages.Count; i++)
            {
                (id.Value, text.Value) = (i, passages[i]);
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
        }
        Run("INSERT INTO passages(passages) VALUES ('optimize')");
        return new BuildFigures(watch.Elapsed.TotalSeconds, new FileInfo(path).Length);
    }

    public Found Search(string question, int top)
    {
        var words = new string([.. question.Select(c => char.IsLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = Stopwatch.GetTimestamp();
        using var select = _connection!.CreateCommand();
        select.CommandText = "SELECT rowid FROM passages WHERE passages MATCH $question ORDER BY rank LIMIT $top";
        select.Parameters.AddWithValue("$question", string.Join(" OR ", words.Select(w => $"\"{w}\"")));
        select.Parameters.AddWithValue("$top", top);
        var found = new List<int>();
        using (var reader = select.ExecuteReader())
        {
            while (reader.Read())
                found.Add(reader.GetInt32(0));
        }
        return new Found(found, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    public void Dispose() => _connection?.Dispose();

    private void Run(string sql)
    {
        using var command = _connection!.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
