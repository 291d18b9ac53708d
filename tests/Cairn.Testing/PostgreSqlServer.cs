using System.Diagnostics;
using Npgsql;

namespace Cairn.Testing;

/// <summary>
/// PostgreSQL 15 for the tests of this process, started at first use on a socket in a temporary folder (as user <c>postgres</c> when the
/// tests run as root). A shell between us and the server waits on its standard input: when this process ends, however it ends, the pipe
/// closes, and the shell stops the server and deletes the folder. The freshly made cluster is cached, so a start costs a copy.
/// </summary>
internal sealed class PostgreSqlServer
{
    private const string Programs = "/usr/lib/postgresql/15/bin";

    private const string Script =
        """
        set -e
        umask 077
        bin=$1 cache=$2
        mkdir -p "$cache"
        exec 9>"$cache/lock"
        flock 9
        if [ ! -e "$cache/ready" ]; then
          rm -rf "$cache/cluster"
          "$bin/initdb" -D "$cache/cluster" -U cairn -A trust -E UTF8 --locale=C --no-sync --no-instructions >&2
          touch "$cache/ready"
        fi
        flock -u 9
        exec 9>&-
        folder=$(mktemp -d /tmp/cairn-pg-XXXXXX)
        cp -r "$cache/cluster" "$folder/data"
        "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off -c full_page_writes=off \
          -c max_connections=300 -c shared_buffers=32MB -c logging_collector=off </dev/null >"$folder/log" 2>&1 &
        server=$!
        trap 'kill -QUIT $server 2>/dev/null; wait $server; rm -rf "$folder"' EXIT
        until "$bin/pg_isready" -q -h "$folder" -U cairn; do
          kill -0 $server 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
          sleep 0.02
        done
        echo "$folder"
        cat >/dev/null
        """;

    private static readonly Lazy<Task<PostgreSqlServer>> Shared = new(StartAsync);

    private static int _databases;

    private readonly string _folder;

    private PostgreSqlServer(string folder) => _folder = folder;

    /// <summary>Why there is no PostgreSQL here; null when there is.</summary>
    public static string? Missing
        => File.Exists(Programs + "/postgres") ? null : "PostgreSQL 15 is not installed (Debian: apt-get install postgresql-15)";

    /// <returns>A connection string to a new, empty database.</returns>
    public static async Task<string> CreateDatabaseAsync()
    {
        var server = await Shared.Value;
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await server.ExecuteAsync($"CREATE DATABASE {name}");
        return server.ConnectionString(name);
    }

    public static async Task DropDatabaseAsync(string connectionString)
        => await (await Shared.Value)
            .ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    private static async Task<PostgreSqlServer> StartAsync()
    {
        var start = new ProcessStartInfo
        {
            FileName = "bash",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        var cache = $"/tmp/cairn-postgres-15-{Environment.UserName}";
        if (Environment.IsPrivilegedProcess)
        {
            start.FileName = "runuser";
            foreach (var argument in new[] { "-u", "postgres", "--", "bash" })
                start.ArgumentList.Add(argument);
        }
        foreach (var argument in new[] { "-c", Script, "cairn-postgres", Programs, cache })
            start.ArgumentList.Add(argument);
        var shell = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            shell.StandardInput.Close();
            shell.WaitForExit(TimeSpan.FromSeconds(10));
        };
        var folder = await shell.StandardOutput.ReadLineAsync();
        return new(folder ?? throw new InvalidOperationException("PostgreSQL did not start; its log is on standard error."));
    }

    private string ConnectionString(string database)
        => new NpgsqlConnectionStringBuilder
        {
            Host = _folder,
            Username = "cairn",
            Database = database,
            MaxPoolSize = 40,
            IncludeErrorDetail = true,
        }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
