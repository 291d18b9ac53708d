using System.Security.Cryptography;
using System.Text;

namespace Cairn.Server;

/// <summary>
/// The session's cookie. Browsers keep one jar for all ports of a host, so the name carries the workspace: two workspaces on one machine
/// do not sign each other out.
/// </summary>
internal sealed class Cookies(CairnHostOptions options, TimeProvider time)
{
    private readonly string _mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.Workspace)).AsSpan(0, 4));

    public string Session => "cairn-" + _mark;

    public string Forms => "cairn-forms-" + _mark;

    public string? Read(HttpRequest request) => request.Cookies[Session];

    public void Write(HttpContext context, string token, DateTimeOffset expires)
    {
        var shape = Shape(context);
        shape.MaxAge = expires - time.GetUtcNow();
        context.Response.Cookies.Append(Session, token, shape);
    }

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(Session, Shape(context));

    private static CookieOptions Shape(HttpContext context)
        => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", IsEssential = true };
}
