using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>SHA-256 over who may see the reply, what was asked and how it is routed.</summary>
internal static class ReplyKeys
{
    private const int LargestKept = 1 << 20;

    [ThreadStatic]
    private static CanonicalBuffer? _writer;

    /// <summary>
    /// The tenant and the caller's subjects are a part of it, so nobody learns from a quick reply what somebody with other rights has
    /// asked; and so is the app, since another one may have shown the model other documents.
    /// </summary>
    public static ReplyKey Of(GatewayRequest request, string route, IReadOnlyList<string> tags)
    {
        var origin = request.Origin;
        var body = request.Body.Span;
        var writer = _writer is { Capacity: < LargestKept } kept ? kept : new CanonicalBuffer();
        _writer = writer;
        writer.Cut(0);
        Text(writer, origin.Caller.Tenant);
        Text(writer, origin.App);
        foreach (var subject in origin.Caller.Subjects)
            Text(writer, subject);
        Text(writer, null);
        writer.Write((byte)request.Protocol);
        Text(writer, route);
        foreach (var tag in tags)
            Text(writer, tag);
        Text(writer, null);
        foreach (var (name, value) in request.Headers)
        {
            Text(writer, name);
            Text(writer, value);
        }
        Text(writer, null);
        var start = writer.Length;
        try
        {
            new CanonicalJson(body, writer).Write(skip: "model"u8);
        }
        catch (JsonException)
        {
            // No JSON is not ours to refuse here; the provider's answer to it is no success and is never kept.
            writer.Cut(start);
            writer.Write(body);
        }
        Span<ReplyKey> hash = stackalloc ReplyKey[1];
        SHA256.HashData(writer.Written, MemoryMarshal.AsBytes(hash));
        return hash[0];
    }

    private static void Text(CanonicalBuffer writer, string? text)
    {
        var room = writer.Room(Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0) + 1);
        var length = Encoding.UTF8.GetBytes(text, room);
        room[length] = text is null ? (byte)1 : (byte)0;
        writer.Advance(length + 1);
    }
}
