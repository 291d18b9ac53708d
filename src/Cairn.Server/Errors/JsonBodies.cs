using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Cairn.Server;

/// <summary>
/// Tells every endpoint's caller in our words what is wrong with a JSON body. The body is read once and kept until it is bound, because
/// the framework's own error names .NET types and has no words for what it found.
/// </summary>
internal static class JsonBodies
{
    /// <summary>For every endpoint of the group that takes a JSON body.</summary>
    public static RouteGroupBuilder ExplainJsonBodies(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } next && endpoint.Metadata.OfType<IAcceptsMetadata>().LastOrDefault() is { } accepts
                && accepts.RequestType is { } type && accepts.ContentTypes.Contains("application/json"))
                endpoint.RequestDelegate = context => BindAsync(context, next, type, accepts.IsOptional);
        });
        return group;
    }

    private static async Task BindAsync(HttpContext context, RequestDelegate next, Type type, bool optional)
    {
        if (!context.Request.HasJsonContentType())
        {
            await next(context);
            return;
        }
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        context.Request.Body = body;
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e) when (e.InnerException is JsonException || (!optional && body.Length == 0))
        {
            var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            var (what, fix) = JsonShape.Mistake(body.GetBuffer().AsSpan(0, (int)body.Length), options.GetTypeInfo(type));
            throw new CairnException(ErrorKind.Input, "request.invalid", what, fix, e);
        }
    }
}
