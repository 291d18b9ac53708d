namespace Cairn.Models;

/// <summary>What a caller hears when no model of a route answered.</summary>
internal static class RouteFailure
{
    public static CairnException Of(string route, List<CairnException>? failures)
    {
        if (failures is [var only])
            return only;
        var fix = failures is { Count: > 0 } ? failures[0].Fix : "Name a model in the route.";
        // Only a route that is limited everywhere is limited; otherwise what is down is what to mend.
        var limited = failures is { Count: > 0 } && failures.All(f => f.Code is "provider.limited" or "limit.provider");
        // What is too long for every model is the caller's to shorten.
        var tooLong = failures is { Count: > 0 } && failures.All(f => f.Code == "provider.context");
        var code = limited ? "provider.limited" : tooLong ? "provider.context" : "provider.failed";
        var what = string.Join("; ", failures?.Select(f => f.Message) ?? ["no model is in it"]);
        return new ProviderFailureException(code, $"route {route}", what, fix)
        {
            RetryAfter = failures?.OfType<ProviderFailureException>().Min(f => f.RetryAfter),
        };
    }
}
