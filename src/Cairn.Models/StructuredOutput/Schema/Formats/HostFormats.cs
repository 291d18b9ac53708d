using System.Buffers;

namespace Cairn.Models;

/// <summary>Hosts (RFC 1123, RFC 5891 for what begins with <c>xn--</c>) and addresses (RFC 5321).</summary>
internal static class HostFormats
{
    private static readonly SearchValues<char> Label =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    private static readonly SearchValues<char> Atom =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.");

    public static bool IsHostName(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 253)
            return false;
        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || label.ContainsAnyExcept(Label))
                return false;
            if (label.Length >= 4 && label[2] == '-' && label[3] == '-' && !label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return true;
    }

    public static bool IsIpv4(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length is 0 or > 3 || part.ContainsAnyExceptInRange('0', '9') || (part.Length > 1 && part[0] == '0'))
                return false;
            if (part.Length == 3 && part.CompareTo("255", StringComparison.Ordinal) > 0)
                return false;
        }
        return parts == 4;
    }

    public static bool IsEmail(ReadOnlySpan<char> text, bool international)
    {
        var at = text.LastIndexOf('@');
        if (at <= 0)
            return false;
        var local = text[..at];
        var host = text[(at + 1)..];
        var quoted = local.Length > 2 && local[0] == '"' && local[^1] == '"';
        if (!quoted && (local[0] == '.' || local[^1] == '.' || local.IndexOf("..") >= 0 || HasOther(local, international)))
            return false;
        if (host.Length > 2 && host[0] == '[' && host[^1] == ']')
        {
            var address = host[1..^1];
            return address.StartsWith("IPv6:") ? SchemaFormats.Find("ipv6")!(address[5..]) : IsIpv4(address);
        }
        return international ? host.Length > 0 && !host.ContainsAny(" @") : IsHostName(host);
    }

    private static bool HasOther(ReadOnlySpan<char> local, bool international)
    {
        foreach (var c in local)
        {
            if (!Atom.Contains(c) && !(international && c > 127))
                return true;
        }
        return false;
    }
}
