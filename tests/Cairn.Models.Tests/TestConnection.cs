using System.Collections.Immutable;

namespace Cairn.Models.Tests;

/// <summary>A resolved provider at a test's own endpoint.</summary>
internal static class TestConnection
{
    public static ProviderConnection To(
        Uri? baseUrl, TimeProvider time, string? key = null, params (string Name, string Value)[] options) => new()
    {
        Provider = "test",
        BaseUrl = baseUrl?.AbsoluteUri,
        ApiKey = key,
        Options = options.ToImmutableDictionary(o => o.Name, o => o.Value),
        Time = time,
        Http = _ => new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false }),
    };
}
