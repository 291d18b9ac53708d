using System.Buffers;
using System.Text.RegularExpressions;

namespace Cairn.Models;

/// <summary>RFC 3986 (and RFC 3987 for the international forms), by its characters and its parts; RFC 6570 for templates.</summary>
internal static partial class UriFormats
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static readonly SearchValues<char> Scheme = SearchValues.Create(Letters + "0123456789+-.");
    private static readonly SearchValues<char> Path = SearchValues.Create(Letters + "0123456789-._~!$&'()*+,;=:@/?%");

    private static readonly SearchValues<char> NotLiteral = SearchValues.Create(" \"<>\\^`|");

    public static bool IsUri(ReadOnlySpan<char> text, bool international)
    {
        var colon = text.IndexOf(':');
        return colon > 0 && char.IsAsciiLetter(text[0]) && !text[..colon].ContainsAnyExcept(Scheme)
            && IsRest(text[(colon + 1)..], international);
    }

    public static bool IsReference(ReadOnlySpan<char> text, bool international)
    {
        if (IsUri(text, international))
            return true;
        // Without a scheme the first segment has no colon.
        var segment = text.IndexOfAny('/', '?', '#');
        return (segment < 0 ? text : text[..segment]).IndexOf(':') < 0 && IsRest(text, international);
    }

    public static bool IsTemplate(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var brace = text.IndexOfAny('{', '}');
            var literal = brace < 0 ? text : text[..brace];
            if (literal.ContainsAny(NotLiteral) || literal.ContainsAnyInRange('\u007F', '\u009F'))
                return false;
            if (brace < 0)
                return true;
            var end = text.IndexOf('}');
            if (text[brace] == '}' || end < brace)
                return false;
            if (!Expression().IsMatch(text[(brace + 1)..end]))
                return false;
            text = text[(end + 1)..];
        }
        return true;
    }

    private static bool IsRest(ReadOnlySpan<char> text, bool international)
    {
        var hash = text.IndexOf('#');
        if (hash >= 0 && !Allowed(text[(hash + 1)..], international))
            return false;
        if (hash >= 0)
            text = text[..hash];
        if (!text.StartsWith("//"))
            return Allowed(text, international);
        text = text[2..];
        var slash = text.IndexOfAny('/', '?');
        return IsAuthority(slash < 0 ? text : text[..slash], international) && (slash < 0 || Allowed(text[slash..], international));
    }

    private static bool IsAuthority(ReadOnlySpan<char> text, bool international)
    {
        var at = text.LastIndexOf('@');
        if (at >= 0 && (text[..at].ContainsAny("@/[]") || !Allowed(text[..at], international)))
            return false;
        var host = text[(at + 1)..];
        if (host.Length > 0 && host[0] == '[')
        {
            var close = host.IndexOf(']');
            if (close < 0 || !(SchemaFormats.Find("ipv6")!(host[1..close]) || FutureAddress().IsMatch(host[1..close])))
                return false;
            host = host[(close + 1)..];
            return host.Length == 0 || (host[0] == ':' && !host[1..].ContainsAnyExceptInRange('0', '9'));
        }
        var colon = host.LastIndexOf(':');
        if (colon >= 0 && host[(colon + 1)..].ContainsAnyExceptInRange('0', '9'))
            return false;
        return (colon < 0 ? host : host[..colon]).IndexOf(':') < 0 && Allowed(host, international);
    }

    private static bool Allowed(ReadOnlySpan<char> text, bool international)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '%'
                ? i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])
                : !Path.Contains(c) && !(international && c > 0x9F))
                return false;
        }
        return true;
    }

    /// <summary>RFC 6570, section 2.2.</summary>
    [GeneratedRegex(
        @"^[+#./;?&=,!@|]?([A-Za-z0-9_]|%[0-9A-Fa-f]{2})(\.?([A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*(:[1-9][0-9]{0,3}|\*)?(,([A-Za-z0-9_]|%[0-9A-Fa-f]{2})(\.?([A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*(:[1-9][0-9]{0,3}|\*)?)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Expression();

    /// <summary>IPvFuture of RFC 3986, section 3.2.2.</summary>
    [GeneratedRegex(@"^[vV][0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+\z")]
    private static partial Regex FutureAddress();
}
