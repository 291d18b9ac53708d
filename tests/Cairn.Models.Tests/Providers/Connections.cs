namespace Cairn.Models.Tests;

/// <summary>Connections to servers of a test.</summary>
internal static class Connections
{
    public static ProviderConnection To(Uri baseUrl, TimeProvider time, string? key = null) => new()
    {
        Provider = "cloud",
        BaseUrl = baseUrl.AbsoluteUri,
        ApiKey = key,
        Time = time,
        Http = address => new HttpMessageInvoker(ProviderClients.DefaultTransport(address, TimeLimits.Default)),
    };
}
