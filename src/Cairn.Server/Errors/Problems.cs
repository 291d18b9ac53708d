using Cairn.Models;
using Microsoft.AspNetCore.WebUtilities;

namespace Cairn.Server;

/// <summary>Turns what went wrong into a <see cref="Problem"/>.</summary>
internal static class Problems
{
    public static Problem Of(CairnException error) => error switch
    {
        TooManyAttemptsException slow =>
            Make(StatusCodes.Status429TooManyRequests, error.Code, error.Message, error.Fix) with { RetryAfter = slow.Wait },
        LimitException limited =>
            Make(StatusCodes.Status429TooManyRequests, error.Code, error.Message, error.Fix) with { RetryAfter = limited.RetryAfter },
        BudgetSpentException => Make(StatusCodes.Status402PaymentRequired, error.Code, error.Message, error.Fix),
        _ => Make(StatusOf(error.Kind), error.Code, error.Message, error.Fix),
    };

    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Input => StatusCodes.Status400BadRequest,
        ErrorKind.NotSignedIn => StatusCodes.Status401Unauthorized,
        ErrorKind.NotPermitted => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Gone => StatusCodes.Status410Gone,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    public static Problem Of(BadHttpRequestException error)
        => error.StatusCode is StatusCodes.Status400BadRequest
            ? Make(error.StatusCode, "request.invalid", error.Message, "See docs/http-api.md for what this address takes.")
            : Of(error.StatusCode, null);

    /// <summary>A status that somebody set without a word.</summary>
    public static Problem Of(int status, string? path) => status switch
    {
        StatusCodes.Status400BadRequest => Make(status, "request.invalid",
            "Something in the address or the body does not have the form that is expected here.",
            "See docs/http-api.md for what this address takes."),
        StatusCodes.Status401Unauthorized => Make(status, "sign-in.needed", "Nobody is signed in.",
            "Follow a sign-in link (cairn user link NAME), or send `Authorization: Bearer KEY`."),
        StatusCodes.Status403Forbidden => Make(status, "not-permitted", "You have no right to this.", "Ask the workspace's owner."),
        StatusCodes.Status404NotFound => Make(status, "path.unknown", $"There is nothing at {path ?? "this address"}.",
            "See docs/http-api.md for what there is."),
        StatusCodes.Status405MethodNotAllowed => Make(status, "method.not-allowed", "This address does not take that method.",
            "See the `Allow` header of this answer."),
        StatusCodes.Status413PayloadTooLarge => Make(status, "body.too-large", "The body is larger than the server takes here.",
            "Send less, or split it."),
        StatusCodes.Status415UnsupportedMediaType => Make(status, "body.media-type", "The body's media type is not taken here.",
            "Send JSON with `Content-Type: application/json`."),
        StatusCodes.Status429TooManyRequests => Make(status, "rate.limited", "Too many attempts.", "Wait a minute, then try again."),
        _ => Make(status, $"http.{status}", $"The request was refused with {status}.", "See docs/http-api.md for what this address takes."),
    };

    public const string SendKey = "Send `Authorization: Bearer KEY` with a key from: cairn key create --user NAME";

    /// <summary>At the gateway's addresses, whose clients follow no links.</summary>
    public static Problem KeyNeeded { get; } = Make(StatusCodes.Status401Unauthorized, "sign-in.needed", "The request holds no API key.",
        SendKey);

    /// <summary>A form whose token could not be accepted; also because the form itself could not be read.</summary>
    public static Problem OfForm(Exception? refused) => refused?.InnerException switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Make(StatusCodes.Status413PayloadTooLarge,
            "body.too-large", "The form's files are larger than the server takes here.",
            "Send fewer at once, or put them into a folder of the server's machine and ingest that: cairn ingest FOLDER"),
        BadHttpRequestException unread => Of(unread),
        InvalidDataException => Of(StatusCodes.Status400BadRequest, null),
        _ => ForeignForm,
    };

    private static Problem ForeignForm { get; } = Make(StatusCodes.Status400BadRequest, "form.expired",
        "This form was opened too long ago, or not by this browser.", "Open the page again and repeat what you did.");

    public static Problem Unexpected(string traceId)
        => Make(StatusCodes.Status500InternalServerError, "server.error",
            "Something went wrong in the server. Nothing that was acknowledged before is lost.",
            $"Try again; the server's log has the details under {traceId}.") with { TraceId = traceId };

    public static Problem Make(int status, string code, string detail, string fix)
        => new() { Title = ReasonPhrases.GetReasonPhrase(status), Status = status, Detail = detail, Code = code, Fix = fix };
}
