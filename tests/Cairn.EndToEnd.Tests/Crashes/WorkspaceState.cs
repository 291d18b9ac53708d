using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cairn.EndToEnd.Tests;

/// <summary>
/// What a workspace holds and finds, one fact per line, without identifiers and times: equal for two workspaces exactly when they are for
/// their users.
/// </summary>
internal static class WorkspaceState
{
    public static async Task<IReadOnlyList<string>> OfAsync(SampleWorkspace workspace)
    {
        await using var server = await RunningServer.StartAsync(workspace.Root);
        using var http = SocketClient(Path.Combine(workspace.Root, ".cairn", "cairn.sock"));
        await IndexedAsync(http);
        var lines = new List<string>();
        var page = await http.GetFromJsonAsync<JsonElement>("api/v1/documents?take=200");
        foreach (var document in page.GetProperty("documents").EnumerateArray())
        {
            var id = document.GetProperty("id").GetString()!;
            lines.Add($"{document.GetProperty("path")} version {document.GetProperty("version")} {document.GetProperty("status")} {document.GetProperty("passages")} passages {document.GetProperty("access").GetRawText()} {document.GetProperty("failure")}");
            for (var version = 1; version <= document.GetProperty("version").GetInt32(); version++)
            {
                var text = await http.GetFromJsonAsync<JsonElement>(string.Create(CultureInfo.InvariantCulture,
                    $"api/v1/documents/{id}/text?version={version}"));
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{document.GetProperty("path")} text {version} ")
                    + Hash(text.GetProperty("text").GetString()!) + " " + Hash(text.GetProperty("blocks").GetRawText()));
            }
        }
        foreach (var query in CrashWorkspace.Queries)
            lines.AddRange(await FoundAsync(http, query));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>Every passage that holds a word of the query, with its score; ties have no order.</summary>
    private static async Task<IEnumerable<string>> FoundAsync(HttpClient http, string query)
    {
        var found = await http.GetFromJsonAsync<JsonElement>($"api/v1/search?q={Uri.EscapeDataString(query)}&top=200");
        return found.GetProperty("passages").EnumerateArray().Select(p => string.Create(CultureInfo.InvariantCulture,
            $"{query}: {p.GetProperty("path")} {p.GetProperty("version")} {p.GetProperty("start")}..{p.GetProperty("end")} {p.GetProperty("score").GetDouble():0.0000} {Hash(p.GetProperty("text").GetString()!)}")).ToList();
    }

    private static async Task IndexedAsync(HttpClient http)
    {
        // The server itself waits half a second for its index before it says that it is behind.
        for (var asked = 0; asked < 60; asked++)
        {
            using var response = await http.GetAsync("readyz");
            if (response.IsSuccessStatusCode)
                return;
        }
        throw new TimeoutException("The index did not catch up.");
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static HttpClient SocketClient(string socket)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://localhost/") };
    }
}
