using System.Diagnostics;
using System.Globalization;

namespace Cairn.Server;

/// <summary>Everything that goes wrong leaves as problem details (or a page, for a browser), also statuses without a body.</summary>
internal sealed partial class ErrorHandling(RequestDelegate next, ILogger<ErrorHandling> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        Problem problem;
        try
        {
            await next(context);
            var response = context.Response;
            if (response.StatusCode < 400 || response.HasStarted || response.ContentLength > 0 || response.ContentType is not null)
                return;
            problem = Problems.Of(response.StatusCode, context.Request.Path);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller left; there is nobody to tell.
            return;
        }
        catch (CairnException e)
        {
            problem = context.GetEndpoint()?.Metadata.GetMetadata<CallerProtocol>()?.Of(e) ?? Problems.Of(e);
            // A provider's failure is in the call's trace and its counter; a busy route would fill the log with it.
            if (problem.Status >= 500 && e is not Models.ProviderFailureException)
                Unavailable(log, e, e.Code, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            problem = Problems.Of(e);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var traceId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
            // The route, not the path: the path of a sign-in link is a secret.
            Unexpected(log, e, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "", traceId);
            problem = Problems.Unexpected(traceId);
        }
        if (context.Response.HasStarted)
        {
            // Half an answer went out already: cut the connection, so that nobody takes it for a whole one.
            context.Abort();
            return;
        }
        await WriteAsync(context, problem);
    }

    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var (allow, trace) = (context.Response.Headers.Allow, context.Response.Headers[GatewayEndpoint.TraceHeader]);
        context.Response.Clear();
        SecurityHeaders.Set(context.Response);
        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (allow.Count > 0)
            context.Response.Headers.Allow = allow;
        if (trace.Count > 0)
            context.Response.Headers[GatewayEndpoint.TraceHeader] = trace;
        if (problem.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (problem.Status == StatusCodes.Status401Unauthorized && IsApi(context.Request))
            context.Response.Headers.WWWAuthenticate = "Bearer";
        if (context.GetEndpoint()?.Metadata.GetMetadata<CallerProtocol>() is { } protocol)
            await protocol.WriteAsync(context, problem);
        else if (WantsPage(context.Request) && context.RequestServices.GetService<IErrorPage>() is { } page)
            await page.WriteAsync(context, problem);
        else
            await context.Response.WriteAsJsonAsync(problem, ServerJson.Default.Problem, "application/problem+json",
                context.RequestAborted);
    }

    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    public static bool WantsPage(HttpRequest request)
        => !IsApi(request) && request.Headers.Accept.Any(a => a?.Contains("text/html", StringComparison.Ordinal) == true);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed ({TraceId})")]
    private static partial void Unexpected(ILogger log, Exception error, string method, string path, string traceId);

    [LoggerMessage(LogLevel.Warning, "{Code}: {Reason}")]
    private static partial void Unavailable(ILogger log, Exception error, string code, string reason);
}
