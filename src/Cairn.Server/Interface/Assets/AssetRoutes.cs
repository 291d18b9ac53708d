using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;

namespace Cairn.Server;

/// <summary>
/// Serves <see cref="InterfaceAssets"/>: for good under their hash; under an older hash what there is now, to be asked for again.
/// </summary>
internal static class AssetRoutes
{
    public static void MapAssets(this IEndpointRouteBuilder routes)
        => routes.MapGet("/assets/{hash}/{name}", ServeAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task ServeAsync(string hash, string name, HttpContext context, InterfaceAssets assets)
    {
        if (assets.Find(name) is not { } asset)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var headers = context.Response.Headers;
        headers.CacheControl = hash == assets.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        context.Response.ContentType = asset.MediaType;
        var compressed = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (compressed)
            headers.ContentEncoding = "br";
        var body = compressed ? asset.Brotli : asset.Bytes;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
