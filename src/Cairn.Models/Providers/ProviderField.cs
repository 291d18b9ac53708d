namespace Cairn.Models;

/// <summary>A field that a provider's declaration may have.</summary>
/// <param name="Name">As in <c>cairn.yaml</c>, in camel case.</param>
public sealed record ProviderField(string Name, ProviderFieldForm Form = ProviderFieldForm.Text, bool Required = false)
{
    /// <summary>An address without a query; what the kind appends to it is the kind's business.</summary>
    public static ProviderField BaseUrl { get; } = new("baseUrl", ProviderFieldForm.Address);

    public static ProviderField ApiKey { get; } = new("apiKey", ProviderFieldForm.Secret);

    /// <summary>Headers of every request: Azure's <c>api-key</c>, OpenRouter's <c>HTTP-Referer</c>, an organisation.</summary>
    public static ProviderField Headers { get; } = new("headers", ProviderFieldForm.Map);

    /// <summary>The query of every request: Azure's <c>api-version</c>.</summary>
    public static ProviderField Query { get; } = new("query", ProviderFieldForm.Map);
}
