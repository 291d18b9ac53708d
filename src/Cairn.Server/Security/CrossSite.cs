namespace Cairn.Server;

/// <summary>
/// Keeps other sites from acting through a signed-in browser. A request that changes something and carries a session must come from our own
/// pages: a matching <c>Origin</c>, or, where the browser sent none, a header that a foreign page can't set. Keys are never sent by
/// browsers on their own, so they need none of this.
/// </summary>
internal static class CrossSite
{
    public const string Header = "X-Cairn-Request";

    public static bool IsOwn(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return true;
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site && site is not ("same-origin" or "none"))
            return false;
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            ? string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            : request.Headers.ContainsKey(Header);
    }

    public static Problem Refused { get; } = Problems.Make(StatusCodes.Status403Forbidden, "request.cross-site",
        "This request does not come from Cairn's own pages.",
        $"Call with an API key instead of a session, or send the header `{Header}: 1` from a page of this server.");
}
