using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cairn.Models;

internal sealed partial class ProviderDetection(ModelsInForce models, ISettings settings, TimeProvider time, ProviderTransport transport)
    : IProviderDetection
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromMilliseconds(500);
    private static readonly Uri Ollama = new("http://127.0.0.1:11434");
    private const int LongestBody = 1 << 20;

    public async Task<IReadOnlyList<FoundProvider>> FindAsync(CancellationToken cancellationToken)
    {
        var found = KnownServices.All
            .Where(s => settings.FindEnvironment(s.Variable) is not null && !models.Now.Providers.Any(p => UsesVariable(p, s.Variable)))
            .Select(s => FoundProvider.Of(s.Name, $"{s.Variable} in the environment", [s.Model],
                KnownServices.Snippet(s.Provider, s.Kind, s.BaseUrl, $"${{env:{s.Variable}}}", s.Model)))
            .ToList();
        if (!models.Now.Providers.Any(UsesOllama) && await FindOllamaAsync(cancellationToken) is { } ollama)
            found.Add(ollama);
        return found;
    }

    private async Task<FoundProvider?> FindOllamaAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ProbeLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var http = new HttpClient(transport(Ollama, TimeLimits.Default)) { MaxResponseContentBufferSize = LongestBody };
        try
        {
            var body = await http.GetStringAsync(new Uri(Ollama, "/api/tags"), both.Token);
            using var json = JsonDocument.Parse(body);
            ImmutableArray<string> names = [.. json.RootElement.GetProperty("models").EnumerateArray()
                .Select(m => m.GetProperty("name").GetString()!).Where(n => ModelName().IsMatch(n))];
            return FoundProvider.Of("Ollama", Ollama.Authority, names,
                KnownServices.Snippet("local", "openai", Ollama + "v1", null, names.FirstOrDefault() ?? "llama3.2"));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Nothing there, or something that is no Ollama: both mean that there is nothing to offer.
            return null;
        }
    }

    private static bool UsesVariable(ProviderDeclaration provider, string variable)
        => provider.ApiKey?.Text.Contains($"${{env:{variable}}}", StringComparison.Ordinal) ?? false;

    private bool UsesOllama(ProviderDeclaration provider)
        => Uri.TryCreate(provider.BaseUrl?.Resolve(settings), UriKind.Absolute, out var uri) && uri.IsLoopback && uri.Port == Ollama.Port;

    /// <summary>
    /// Whoever listens on the port says its models' names, and one of them may go into <c>cairn.yaml</c>: nothing that means something to
    /// YAML passes.
    /// </summary>
    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._:/@-]{0,148}[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex ModelName();
}
