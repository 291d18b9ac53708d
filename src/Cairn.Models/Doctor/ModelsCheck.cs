using System.Net;

namespace Cairn.Models;

/// <summary>Which providers answer, which are declared and not there, and which this machine offers unused.</summary>
internal sealed class ModelsCheck(
    ModelsInForce models, ProviderClients clients, IRoutes routes, IProviderDetection detection, TimeProvider time) : IDoctorCheck
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(2);

    public int Order => 500;

    public async Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        var findings = new List<DoctorFinding>();
        if (models.Now.Providers.IsEmpty)
            findings.Add(new("models", DoctorStatus.Ok, "No model is configured: answers are extracted from the documents."));
        findings.AddRange(await Task.WhenAll(models.Now.Providers.Select(p => CheckAsync(p, cancellationToken))));
        if (!models.Now.Providers.IsEmpty && !routes.List().Any(r => r.Name == IRoutes.Default))
            findings.Add(new("models default", DoctorStatus.Warning,
                "There are providers and no route 'default', so only who names a model gets one.",
                "Add to cairn.yaml under models: routes: { default: [ PROVIDER/MODEL ] }"));
        findings.AddRange((await detection.FindAsync(cancellationToken)).Select(f => new DoctorFinding(
            $"models {f.Name}", DoctorStatus.Warning, $"{f.Found} is not used.", ToUse(f))));
        return findings;
    }

    private string ToUse(FoundProvider found) => models.Now.Providers.IsEmpty || found.Snippet is not { } snippet
        ? $"Add to cairn.yaml:\n{found.Yaml}"
        : $"Add to cairn.yaml under models, providers:\n{snippet.Provider}: {snippet.Fields}";

    private async Task<DoctorFinding> CheckAsync(ProviderDeclaration provider, CancellationToken cancellationToken)
    {
        var name = $"models {provider.Name}";
        if (clients.Missing(provider) is { IsEmpty: false } missing)
            return new(name, DoctorStatus.Warning, $"Not there: {string.Join("; ", missing)}.",
                $"Set what '{provider.Name}' in cairn.yaml refers to.");
        if (provider.Script is { } script)
            return new(name, DoctorStatus.Ok, $"Follows a script of {script.Turns.Length} turns.");
        var (kind, connection) = (clients.KindOf(provider), clients.ConnectionOf(provider));
        if (kind.AddressOf(connection) is not { } address)
            return new(name, DoctorStatus.Ok, "Calls no server.");
        using var probe = kind.Probe(connection);
        if (probe is null)
            return new(name, DoctorStatus.Ok, $"Is called at {address.Authority}; whether it answers shows at the first call.");
        return await ProbeAsync(connection, address, probe, cancellationToken) is { } wrong
            ? new(name, DoctorStatus.Warning, $"{wrong}; answers come from the next model of the route or from the documents alone.",
                $"Check baseUrl and apiKey of '{provider.Name}' in cairn.yaml, and that its server runs.")
            : new(name, DoctorStatus.Ok, $"Answers at {address.Authority}.");
    }

    /// <returns>null when the endpoint answers and takes the key.</returns>
    private async Task<string?> ProbeAsync(
        ProviderConnection connection, Uri address, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ProbeLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        foreach (var (header, value) in connection.Headers)
            request.Headers.TryAddWithoutValidation(header, value);
        try
        {
            using var response = await connection.Http(address).SendAsync(request, both.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"{address.Authority} refuses the key",
                >= HttpStatusCode.InternalServerError => $"{address.Authority} answers with status {(int)response.StatusCode}",
                _ => null,
            };
        }
        catch (Exception e) when (e is HttpRequestException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return $"Nothing answers at {address.Authority}";
        }
    }
}
