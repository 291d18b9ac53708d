using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary><c>kind: gemini</c>: Google's models by API key, or on Vertex AI with a service account.</summary>
internal sealed class GeminiKind : IProviderKind
{
    public const string ServiceAccount = "serviceAccount", Project = "project", Location = "location";

    public string Name => "gemini";

    public ImmutableArray<ProviderField> Fields =>
    [
        ProviderField.BaseUrl, ProviderField.ApiKey, ProviderField.Headers, ProviderField.Query,
        new(ServiceAccount, ProviderFieldForm.Secret), new(Project), new(Location),
    ];

    public Uri? AddressOf(ProviderConnection connection) => RootOf(connection);

    public IUpstream Open(ProviderConnection connection, string model)
        => new GeminiUpstream(new(connection.Provider, model), new GeminiEndpoint(connection, RootOf(connection), model));

    private static Uri RootOf(ProviderConnection connection)
    {
        if (connection.Option(ServiceAccount) is null)
            return connection.Address("https://generativelanguage.googleapis.com/v1beta");
        var location = connection.Option(Location) ?? "global";
        var project = connection.Option(Project) ?? throw new ProviderFailureException(
            "provider.missing", connection.Provider, "a service account needs the project",
            $"Write 'project' beside 'serviceAccount' of '{connection.Provider}' in cairn.yaml.");
        var host = connection.Address(location == "global"
            ? "https://aiplatform.googleapis.com/v1"
            : $"https://{location}-aiplatform.googleapis.com/v1");
        return new Uri(
            $"{host.AbsoluteUri.TrimEnd('/')}/projects/{Uri.EscapeDataString(project)}/locations/{Uri.EscapeDataString(location)}/publishers/google");
    }
}
