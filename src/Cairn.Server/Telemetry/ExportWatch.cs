using System.Globalization;
using System.Net;

namespace Cairn.Server;

/// <summary>
/// The way of what is exported: to the configured address only (redirects are not followed, no proxy stands before this machine itself). It
/// says once when deliveries begin to fail and once when they go again, since the exporter itself keeps silent.
/// </summary>
internal sealed partial class ExportWatch(Uri address, IReadOnlyList<KeyValuePair<string, string>> headers, ILogger logger)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !address.IsLoopback, UseCookies = false })
{
    private const int LongestReply = 1 << 20;

    /// <summary>https://grpc.github.io/grpc/core/md_doc_statuscodes.html, by number.</summary>
    private static readonly string[] GrpcStatuses =
    [
        "ok", "cancelled", "unknown", "invalid argument", "deadline exceeded", "not found", "already exists", "permission denied",
        "resource exhausted", "failed precondition",
        "aborted", "out of range", "unimplemented", "internal", "unavailable", "data loss", "unauthenticated",
    ];

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
            var response = await base.SendAsync(WithHeaders(request), cancellationToken);
            // gRPC tells in the trailers, which are there when the body is, how it went.
            if (IsGrpc(response))
                await response.Content.LoadIntoBufferAsync(LongestReply, cancellationToken);
            return Note(response);
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

    private static bool IsGrpc(HttpResponseMessage response)
        => response.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The status alone: the message beside it may quote what was sent.</summary>
    /// <returns>null when the collector took what it was sent.</returns>
    private static string? GrpcRefusal(HttpResponseMessage response)
    {
        // A reply without a body has it among its headers.
        var status = new[] { response.TrailingHeaders, response.Headers }
            .Select(headers => headers.TryGetValues("grpc-status", out var values) ? values.FirstOrDefault() : null)
            .FirstOrDefault(value => value is not null);
        if (!int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            return "a reply without a gRPC status";
        return code == 0
            ? null
            : FormattableString.Invariant($"gRPC status {code}{(code < GrpcStatuses.Length ? $" ({GrpcStatuses[code]})" : "")}");
    }

    private HttpResponseMessage Note(HttpResponseMessage response)
    {
        var refusal = response.StatusCode != HttpStatusCode.OK ? FormattableString.Invariant($"status {(int)response.StatusCode}")
            : IsGrpc(response) ? GrpcRefusal(response)
            : null;
        if (refusal is not null)
        {
            Fail(refusal);
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

    [LoggerMessage(LogLevel.Warning,
        "Telemetry does not reach {Address}: {Why}. Spans and metrics are lost until it does; `cairn doctor` shows it.")]
    private partial void LogFailing(string address, string why);

    [LoggerMessage(LogLevel.Information, "Telemetry reaches {Address} again.")]
    private partial void LogGoesAgain(string address);
}
