using System.Net.Http.Headers;

namespace Cairn.Models;

/// <param name="Length">Of the body in bytes; null when it is streamed.</param>
/// <param name="Headers">The provider's, of which limits and identifiers are passed on; null where there are none.</param>
/// <param name="Call">As far as it went.</param>
public readonly record struct ReplyHead(string MediaType, long? Length, HttpResponseHeaders? Headers, CallRecord Call)
{
    public const string Json = "application/json";
    public const string Events = "text/event-stream";
}
