using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using Cairn.Models;
using Microsoft.AspNetCore.Http.Features;

namespace Cairn.Server;

/// <summary>
/// One call over HTTP: reads the body once into rented memory, lets the gateway answer, and tells what breaks off in the caller's protocol.
/// </summary>
internal sealed class GatewayEndpoint(WireProtocol protocol)
{
    /// <summary>As much as Anthropic takes; prompts with images are that long.</summary>
    private const int LargestBody = 32 << 20;

    /// <summary>On every answer of a call that is on record, errors too.</summary>
    public const string TraceHeader = "x-cairn-trace";
    private const string ConversationHeader = "x-cairn-conversation";
    private const string TagsHeader = "x-cairn-tags";

    private IGateway? _gateway;

    public async Task InvokeAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LargestBody;
        var (buffer, length) = await ReadAsync(context);
        // From here on the call is on record, however it ends.
        var trace = ActivityTraceId.CreateRandom();
        context.Response.Headers[TraceHeader] = trace.ToHexString();
        var sink = new HttpReplySink(context.Response);
        try
        {
            var request = new GatewayRequest
            {
                Origin = OriginOf(context, Caller.Of(context)),
                Protocol = protocol,
                Body = buffer.AsMemory(0, length),
                Headers = ProtocolHeaders(context.Request.Headers),
                Trace = trace,
                Parent = ActivityContext.TryParse(context.Request.Headers.TraceParent, context.Request.Headers.TraceState, isRemote: true,
                    out var parent) ? parent : default,
            };
            // One for all calls; to ask each request's services for it would make a scope of them.
            _gateway ??= context.RequestServices.GetRequiredService<IGateway>();
            await _gateway.SendAsync(request, sink, context.RequestAborted);
        }
        catch (CairnException e) when (sink.Begun)
        {
            await BreakOffAsync(context, sink, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task BreakOffAsync(HttpContext context, HttpReplySink sink, CairnException error)
    {
        if (!sink.Streams)
        {
            // Bytes of a length that was promised are missing: only the connection's end can say so.
            context.Abort();
            return;
        }
        if (!sink.FailureTold)
            context.RequestServices.GetRequiredService<WireFormats>().Of(protocol).WriteErrorEvent(error, sink.Body);
        await sink.Body.FlushAsync(context.RequestAborted);
    }

    private static CallOrigin OriginOf(HttpContext context, Caller caller)
    {
        var headers = context.Request.Headers;
        var tags = headers[TagsHeader].ToString();
        return new CallOrigin
        {
            Caller = caller.Principal,
            Key = caller.Key,
            Conversation = headers[ConversationHeader].ToString() is { Length: > 0 and <= 200 } conversation ? conversation : null,
            Tags = tags.Length == 0 ? [] : [.. tags.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        };
    }

    private ImmutableArray<KeyValuePair<string, string>> ProtocolHeaders(IHeaderDictionary headers)
    {
        if (protocol is not (WireProtocol.AnthropicMessages or WireProtocol.AnthropicCountTokens))
            return [];
        var passed = ImmutableArray<KeyValuePair<string, string>>.Empty;
        foreach (var name in AnthropicHeaders)
        {
            if (headers[name].ToString() is { Length: > 0 } value)
                passed = passed.Add(new(name, value));
        }
        return passed;
    }

    private static readonly string[] AnthropicHeaders = ["anthropic-beta", "anthropic-version"];

    private static async ValueTask<(byte[] Buffer, int Length)> ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(context.Request.ContentLength ?? 4096, LargestBody) + 1);
        var length = 0;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(context.RequestAborted);
                var more = (int)Math.Min(read.Buffer.Length, int.MaxValue);
                if (length + more > buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + more));
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
                read.Buffer.CopyTo(buffer.AsSpan(length));
                length += more;
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return (buffer, length);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }
}
