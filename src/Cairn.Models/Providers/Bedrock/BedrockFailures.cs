namespace Cairn.Models;

/// <summary>
/// Exceptions inside of an event stream (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html).
/// </summary>
internal static class BedrockFailures
{
    public static ProviderFailureException InStream(string who, string exception, string? message)
    {
        var said = message is null ? "" : $" ({message})";
        return exception switch
        {
            "throttlingException" => new("provider.limited", who, $"too many requests, or the quota is used up{said}",
                "Wait, or name a second model in the route.") { Status = 429 },
            "serviceUnavailableException" => new("provider.overloaded", who, $"is overloaded{said}",
                "Try again later, or name a second model in the route.") { Status = 503 },
            "validationException" when ReportedContext.Says(400, message ?? "") => ReportedContext.Failure(who, 400, said),
            "validationException" =>
                new("provider.refused", who, $"refused the request{said}", "Change what the message names.") { Status = 400 },
            _ => new("provider.failed", who, $"reported {exception}{said}", "Try again later, or name a second model in the route."),
        };
    }
}
