namespace Cairn.Models;

/// <summary>A provider as <c>cairn.yaml</c> declares it.</summary>
/// <param name="Provider">Its name there.</param>
/// <param name="Fields">A flow mapping: <c>{ kind: openai, baseUrl: … }</c>.</param>
/// <param name="Model">One that it serves.</param>
public sealed record ProviderSnippet(string Provider, string Fields, string Model)
{
    /// <summary>What to add to a <c>cairn.yaml</c> that says nothing of models.</summary>
    public string Yaml => $"""
        models:
          providers:
            {Provider}: {Fields}
          routes:
            default: [ {Provider}/{Model} ]
        """;
}
