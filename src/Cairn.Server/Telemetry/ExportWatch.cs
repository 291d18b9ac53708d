using System.Net;

namespace Cairn.Server;

/// <summary>
/// The way of what is exported: to the configured address only (redirects are not followed, no proxy stands before this machine itself). It says once when deliveries begin to fail and once
/// when they go again, since the exporter itself keeps silent.
/// </summary>
internal sealed partial class ExportWatch(Uri address, IReadOnlyList<KeyValuePair<string, string>> headers, ILogger logger)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !address.IsLoopback, UseCookies = false })
{
    private int _failing;

    /// <summary>Why the last delivery failed; null when it did not, or none was made.</summary>
    public string? Failure { get; private set; }

    public bool Delivered { get; private set; }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Note(base.Send(WithHeaders(request), cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            Fail(e is OperationCanceledException ? "no answer in time" : e.Message);
            throw;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Note(await base.SendAsync(WithHeaders(request), cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            Fail(e is OperationCanceledException ? "no answer in time" : e.Message);
            throw;
        }
    }

    private HttpRequestMessage WithHeaders(HttpRequestMessage request)
    {
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private HttpResponseMessage Note(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            Fail(FormattableString.Invariant($"status {(int)response.StatusCode}"));
            return response;
        }
        (Failure, Delivered) = (null, true);
        if (Interlocked.Exchange(ref _failing, 0) == 1)
            LogGoesAgain(address.Authority);
        return response;
    }

    private void Fail(string why)
    {
        Failure = why;
        if (Interlocked.Exchange(ref _failing, 1) == 0)
            LogFailing(address.Authority, why);
    }

    [LoggerMessage(LogLevel.Warning, "Telemetry does not reach {Address}: {Why}. Spans and metrics are lost until it does; `cairn doctor` shows it.")]
    private partial void LogFailing(string address, string why);

    [LoggerMessage(LogLevel.Information, "Telemetry reaches {Address} again.")]
    private partial void LogGoesAgain(string address);
}
