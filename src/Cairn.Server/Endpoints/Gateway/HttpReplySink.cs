using System.IO.Pipelines;
using Cairn.Models;

namespace Cairn.Server;

internal sealed class HttpReplySink(HttpResponse response) : IReplySink
{
    public bool Begun { get; private set; }

    public bool Streams { get; private set; }

    public bool FailureTold { get; set; }

    public PipeWriter Body => response.BodyWriter;

    public void Begin(ReplyHead head)
    {
        Begun = true;
        Streams = head.MediaType == ReplyHead.Events;
        response.ContentType = head.MediaType;
        response.ContentLength = head.Length;
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        if (Streams)
            headers["X-Accel-Buffering"] = "no";
        if (head.Call.CacheHit)
            headers["x-cairn-cache"] = "hit";
        else if (head.Call.Attempts is [.., var last])
            headers["x-cairn-model"] = last.Model.ToString();
        if (head.Headers is null)
            return;
        foreach (var (name, value) in head.Headers.NonValidated)
        {
            if (IsPassed(name))
                headers[name] = value.ToString();
        }
    }

    /// <summary>What a provider says of its limits, and the number under which its support finds the request.</summary>
    private static bool IsPassed(string name)
        => name.StartsWith("x-ratelimit-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("anthropic-ratelimit-", StringComparison.OrdinalIgnoreCase)
            || name.Equals("request-id", StringComparison.OrdinalIgnoreCase) || name.Equals("x-request-id", StringComparison.OrdinalIgnoreCase);
}
