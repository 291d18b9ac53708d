using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Makes parts out of addresses and base 64.</summary>
internal static class MediaTypes
{
    /// <summary>
    /// An image by its address; <c>data:</c> addresses become data. The type of another address is told by its ending, else <c>image/*</c>.
    /// </summary>
    public static AIContent Image(string url, string where)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return Data(url, where);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw RequestErrors.Invalid(where, "an address with http, https or data");
        return new UriContent(uri, Path.GetExtension(uri.AbsolutePath).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".webp" => "image/webp",
            _ => "image/*",
        });
    }

    public static DataContent Data(string dataUrl, string where)
    {
        try
        {
            return new DataContent(dataUrl);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or UriFormatException)
        {
            throw RequestErrors.Invalid(where, "a whole data address such as data:image/png;base64,…");
        }
    }

    public static DataContent Base64(string data, string mediaType, string where)
    {
        try
        {
            return new DataContent(Convert.FromBase64String(data), mediaType);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw RequestErrors.Invalid(where, "base 64 with a media type");
        }
    }

    /// <summary>OpenAI's word for an audio's format; null when it has none.</summary>
    public static string? AudioFormat(string mediaType) => mediaType switch
    {
        "audio/wav" or "audio/x-wav" or "audio/wave" => "wav",
        "audio/mpeg" or "audio/mp3" => "mp3",
        _ => null,
    };
}
