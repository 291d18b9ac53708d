using System.Collections.Immutable;
using System.Net.Http.Headers;

namespace Cairn.Models;

/// <summary>
/// Any OpenAI-compatible endpoint: OpenAI, Azure OpenAI (its <c>/openai/v1</c>), Ollama, vLLM, llama.cpp, Groq, Mistral, DeepSeek,
/// OpenRouter.
/// </summary>
internal sealed class OpenAiKind : IProviderKind
{
    /// <summary><c>true</c>: the endpoint also serves <c>/responses</c>. Left out: only OpenAI's and Azure's own do.</summary>
    private const string Responses = "responses";

    public string Name => "openai";

    public ImmutableArray<ProviderField> Fields { get; } =
    [
        ProviderField.BaseUrl with { Required = true }, ProviderField.ApiKey, ProviderField.Headers, ProviderField.Query,
        new(Responses, ProviderFieldForm.Truth),
    ];

    public Uri? AddressOf(ProviderConnection connection) => connection.Address();

    public IUpstream Open(ProviderConnection connection, string model)
        => new OpenAiUpstream(connection, connection.Address(), model, Dialect(connection));

    public HttpRequestMessage? Probe(ProviderConnection connection)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, connection.Resolve(connection.Address(), "/models"));
        Authorize(request, connection);
        return request;
    }

    public static void Authorize(HttpRequestMessage request, ProviderConnection connection)
    {
        if (connection.ApiKey is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", connection.ApiKey);
    }

    private static OpenAiDialect Dialect(ProviderConnection connection)
    {
        var host = connection.Address().Host;
        var isOpenAi = host is "api.openai.com" || host.EndsWith(".openai.azure.com", StringComparison.Ordinal)
            || host.EndsWith(".services.ai.azure.com", StringComparison.Ordinal);
        return new(connection.Option(Responses) is { } says ? says == "true" : isOpenAi, isOpenAi);
    }
}
