using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Cli;

/// <summary>
/// Speaks <c>/api/v1</c>: JSON in and out, problem details become <see cref="CairnException"/>s, event streams are enumerated.
/// </summary>
internal sealed class ApiClient(HttpClient http) : IDisposable
{
    public Task<JsonElement> GetAsync(string path, string? asUser, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Get, path, null, asUser, cancellationToken);

    public Task<JsonElement> PostAsync(string path, JsonObject? body, string? asUser, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Post, path, body, asUser, cancellationToken);

    public async Task<JsonElement> SendAsync(
        HttpMethod method, string path, JsonObject? body, string? asUser, CancellationToken cancellationToken)
    {
        using var request = Request(method, path, body, asUser);
        using var response = await http.SendAsync(request, cancellationToken);
        await ThrowUnlessSuccessAsync(response, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NoContent)
            return default;
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var document = await JsonDocument.ParseAsync(content, cancellationToken: cancellationToken);
        return document.RootElement.Clone();
    }

    /// <summary>The events of a stream: name and JSON.</summary>
    public async IAsyncEnumerable<(string Event, JsonElement Data)> StreamAsync(
        HttpMethod method, string path, JsonObject? body, string? asUser, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = Request(method, path, body, asUser);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await ThrowUnlessSuccessAsync(response, cancellationToken);
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var parser = SseParser.Create(content, static (_, data) => JsonDocument.Parse(data.ToArray()).RootElement.Clone());
        try
        {
            await foreach (var item in parser.EnumerateAsync(cancellationToken))
            {
                if (item.EventType == "error")
                    throw Problem(item.Data, HttpStatusCode.InternalServerError);
                yield return (item.EventType, item.Data);
            }
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested && response.Headers.TryGetValues("Cairn-Answer", out var answer))
                await StopAsync(answer.First(), asUser);
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>
    /// A server goes on making an answer for a while when a connection is lost; whoever ended this command wants no more of it.
    /// </summary>
    private async Task StopAsync(string answer, string? asUser)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        using var request = Request(HttpMethod.Post, $"answers/{answer}/stop", null, asUser);
        try
        {
            using var stopped = await http.SendAsync(request, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The server is gone or busy; then it stops by itself.
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, JsonObject? body, string? asUser)
    {
        var request = new HttpRequestMessage(method, path);
        if (asUser is not null)
            request.Headers.Add("X-Cairn-As", asUser);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    private static async Task ThrowUnlessSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        JsonElement problem = default;
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json")
        {
            using var document = JsonDocument.Parse(text);
            problem = document.RootElement.Clone();
        }
        throw Problem(problem, response.StatusCode);
    }

    private static CairnException Problem(JsonElement problem, HttpStatusCode status)
    {
        var code = (int)status;
        if (Text(problem, "status") is null && problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("status", out var number)
            && number.ValueKind == JsonValueKind.Number)
            code = number.GetInt32();
        var kind = code switch
        {
            400 => ErrorKind.Input,
            401 => ErrorKind.NotSignedIn,
            403 => ErrorKind.NotPermitted,
            404 => ErrorKind.NotFound,
            409 => ErrorKind.Conflict,
            410 => ErrorKind.Gone,
            413 => ErrorKind.TooLarge,
            _ => code < 500 ? ErrorKind.Input : ErrorKind.Environment,
        };
        return new CairnException(kind, Text(problem, "code") ?? $"http.{code}",
            Text(problem, "detail") ?? Text(problem, "title") ?? $"The server answered {code}.",
            Text(problem, "fix") ?? "See what the server printed, or run: cairn doctor");
    }

    private static string? Text(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
