namespace Cairn.Models;

/// <summary>The HTTP status of an error over the gateway. A budget's refusal is 402: clients hammer 429.</summary>
public static class ErrorStatus
{
    public static int Of(CairnException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Code switch
        {
            "provider.limited" or "limit.caller" or "limit.provider" => 429,
            "provider.overloaded" => 529,
            "provider.refused" => error is ProviderFailureException { Status: 413 or 422 } refused ? refused.Status.Value : 400,
            "budget.spent" or "budget.price" => 402,
            "model.unknown" => 404,
            // Another try would cost as much again: no status that clients retry.
            "output.invalid" or "output.truncated" or "output.filtered" => 422,
            _ => error.Kind switch
            {
                ErrorKind.Input => 400,
                ErrorKind.NotFound => 404,
                ErrorKind.NotSignedIn => 401,
                ErrorKind.NotPermitted => 403,
                ErrorKind.Gone => 410,
                ErrorKind.Conflict => 409,
                ErrorKind.TooLarge => 413,
                _ => 503,
            },
        };
    }

    /// <summary>Message and fix in one, as clients show one text.</summary>
    public static string TextOf(CairnException error) => $"{error.Message.TrimEnd('.')}. {error.Fix}";
}
