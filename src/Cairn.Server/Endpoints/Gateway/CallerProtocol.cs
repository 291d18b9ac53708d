using System.Buffers;
using System.Globalization;
using Cairn.Models;

namespace Cairn.Server;

/// <summary>
/// Marks an endpoint whose callers speak one of the gateway's protocols: errors, also those of sign-in and rights, are told in it.
/// </summary>
internal sealed class CallerProtocol(WireProtocol protocol)
{
    public WireProtocol Protocol { get; } = protocol;

    /// <summary>An error with the status that the gateway gives it.</summary>
    public Problem Of(CairnException error)
    {
        var status = ErrorStatus.Of(error);
        // Only Anthropic's clients know 529.
        if (status == 529 && Protocol is not (WireProtocol.AnthropicMessages or WireProtocol.AnthropicCountTokens))
            status = StatusCodes.Status503ServiceUnavailable;
        var problem = Problems.Make(status, error.Code, error.Message, error.Fix);
        return error switch
        {
            ProviderFailureException { RetryAfter: { } wait } => problem with { RetryAfter = wait },
            LimitException limited => problem with { RetryAfter = limited.RetryAfter },
            _ => problem,
        };
    }

    public async Task WriteAsync(HttpContext context, Problem problem)
    {
        var body = new ArrayBufferWriter<byte>();
        context.RequestServices.GetRequiredService<WireFormats>().Of(Protocol)
            .WriteError(new CairnException(KindOf(problem.Status), problem.Code, problem.Detail, problem.Fix), body);
        context.Response.ContentType = ReplyHead.Json;
        context.Response.ContentLength = body.WrittenCount;
        if (problem.RetryAfter is { } wait)
            context.Response.Headers["retry-after-ms"] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private static ErrorKind KindOf(int status) => status switch
    {
        401 => ErrorKind.NotSignedIn,
        403 => ErrorKind.NotPermitted,
        404 => ErrorKind.NotFound,
        409 => ErrorKind.Conflict,
        410 => ErrorKind.Gone,
        413 => ErrorKind.TooLarge,
        >= 500 => ErrorKind.Environment,
        _ => ErrorKind.Input,
    };
}
