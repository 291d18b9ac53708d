using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cairn.Models;

/// <summary>
/// Answers from a recording instead of the network. Exchanges that match equally well are played in their order; the last one
/// is played again from then on. What matches nothing is an error that names the nearest recorded request.
/// </summary>
internal sealed partial class ReplayHandler(string provider, Uri baseUrl, RecordingFile file, ReplayMatch match) : HttpMessageHandler
{
    private const double LeastLikeness = 0.5;

    private readonly Lock _lock = new();
    private readonly Lazy<ImmutableArray<Recorded>> _exchanges = new(() => [.. file.Read().Select(e => new Recorded(e))]);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = RecordingHandler.Below(baseUrl, request.RequestUri!);
        var bytes = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var response = Take(request.Method.Method, path, bytes);
        var answer = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Content = response.Cut ? new StreamContent(new CutStream(response.Body())) : new ByteArrayContent(response.Body()),
        };
        foreach (var (name, value) in response.Headers)
        {
            if (!answer.Headers.TryAddWithoutValidation(name, value))
                answer.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return answer;
    }

    private RecordedResponse Take(string method, string path, byte[] body)
    {
        var wanted = Parse(body);
        var words = WordsOf(wanted);
        lock (_lock)
        {
            var near = _exchanges.Value.Where(r => r.Request.Method == method && r.Request.Path == path).ToList();
            var best = match == ReplayMatch.Strict
                ? near.Where(r => Same(r.Request.Body, wanted)).ToList()
                : near.Where(r => Likeness(r, words) >= LeastLikeness).GroupBy(r => Likeness(r, words)).MaxBy(g => g.Key)?.ToList() ?? [];
            var taken = best.FirstOrDefault(r => !r.Played) ?? best.LastOrDefault() ?? throw Unmatched(method, path, near, words);
            taken.Played = true;
            return taken.Response;
        }
    }

    private ProviderFailureException Unmatched(string method, string path, List<Recorded> near, ImmutableHashSet<string> words)
    {
        var nearest = near.MaxBy(r => Likeness(r, words));
        var hint = nearest is null ? $"it has no {method} {path}" : $"the nearest shares {Likeness(nearest, words):P0} of the words";
        return new("provider.replay", provider,
            $"nothing in {file.Path} matches this request ({match.ToString().ToLowerInvariant()}): {hint}",
            "Record the exchange with `record` on the real provider, or set match: fuzzy.");
    }

    private static bool Same(JsonElement? recorded, JsonElement? wanted)
        => recorded is { } a && wanted is { } b ? JsonElement.DeepEquals(a, b) : recorded is null && wanted is null;

    private static double Likeness(Recorded recorded, ImmutableHashSet<string> words)
    {
        var union = recorded.Words.Union(words).Count;
        return union == 0 ? 1 : (double)recorded.Words.Intersect(words).Count / union;
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ImmutableHashSet<string> WordsOf(JsonElement? body)
        => body is null ? [] : [.. Word().Matches(body.Value.GetRawText()).Select(m => m.Value.ToLowerInvariant())];

    [GeneratedRegex(@"[\p{L}\p{N}_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    private sealed class Recorded(Exchange exchange)
    {
        public RecordedRequest Request => exchange.Request;

        public RecordedResponse Response => exchange.Response;

        public ImmutableHashSet<string> Words { get; } = WordsOf(exchange.Request.Body);

        public bool Played { get; set; }
    }

    /// <summary>Ends as the recorded connection did.</summary>
    private sealed class CutStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => Position == Length && !buffer.IsEmpty
                ? throw new IOException("The recorded connection ended here.")
                : base.ReadAsync(buffer, cancellationToken);
    }
}
