using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;

namespace Cairn.Models;

/// <summary>The formats that can be asserted (validation, section 7.3). A format that is not here is an annotation always.</summary>
internal static class SchemaFormats
{
    public delegate bool Check(ReadOnlySpan<char> text);

    private static readonly FrozenDictionary<string, Check> Checks = new Dictionary<string, Check>(StringComparer.Ordinal)
    {
        ["date"] = DateTimeFormats.IsDate,
        ["time"] = DateTimeFormats.IsTime,
        ["date-time"] = DateTimeFormats.IsDateTime,
        ["duration"] = DateTimeFormats.IsDuration,
        ["email"] = t => HostFormats.IsEmail(t, international: false),
        ["idn-email"] = t => HostFormats.IsEmail(t, international: true),
        ["hostname"] = HostFormats.IsHostName,
        ["ipv4"] = HostFormats.IsIpv4,
        ["ipv6"] = IsIpv6,
        ["uri"] = t => UriFormats.IsUri(t, international: false),
        ["uri-reference"] = t => UriFormats.IsReference(t, international: false),
        ["iri"] = t => UriFormats.IsUri(t, international: true),
        ["iri-reference"] = t => UriFormats.IsReference(t, international: true),
        ["uri-template"] = UriFormats.IsTemplate,
        ["uuid"] = IsUuid,
        ["json-pointer"] = IsPointer,
        ["relative-json-pointer"] = IsRelativePointer,
        ["regex"] = IsRegex,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Check? Find(string format) => Checks.GetValueOrDefault(format);

    private static bool IsIpv6(ReadOnlySpan<char> text)
        => !text.ContainsAny("%[]/") && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            && (text.IndexOf('.') < 0 || HostFormats.IsIpv4(text[(text.LastIndexOf(':') + 1)..]));

    private static bool IsUuid(ReadOnlySpan<char> text) => text.Length == 36 && Guid.TryParseExact(text, "D", out _);

    private static bool IsPointer(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[0] != '/')
            return false;
        for (var tilde = text.IndexOf('~'); tilde >= 0; tilde = text.IndexOf('~'))
        {
            if (tilde + 1 >= text.Length || text[tilde + 1] is not ('0' or '1'))
                return false;
            text = text[(tilde + 2)..];
        }
        return true;
    }

    private static bool IsRelativePointer(ReadOnlySpan<char> text)
    {
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        var count = digits < 0 ? text.Length : digits;
        if (count == 0 || (count > 1 && text[0] == '0'))
            return false;
        return text[count..] is "#" || IsPointer(text[count..]);
    }

    private static bool IsRegex(ReadOnlySpan<char> text)
    {
        try
        {
            _ = new SchemaPattern(text.ToString(), TimeSpan.FromSeconds(1));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
