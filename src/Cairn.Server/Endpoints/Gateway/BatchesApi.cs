using System.Text;
using System.Text.Json;
using Cairn.Models;
using Microsoft.AspNetCore.Http.Features;

namespace Cairn.Server;

/// <summary>
/// Files and batches as OpenAI's clients call them (https://platform.openai.com/docs/api-reference/batch). What else a file can be for
/// there is not here: <c>purpose</c> is <c>batch</c>.
/// </summary>
internal static class BatchesApi
{
    private const int MostListed = 100;

    // Documented in docs/gateway.md.
    private const long LargestUpload = 64 << 20;

    public static void MapBatchesApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/v1").Requires(Right.CallModels).WithMetadata(new CallerProtocol(WireProtocol.OpenAiChat))
            .ExcludeFromDescription();
        api.MapPost("/files", UploadAsync).DisableAntiforgery();
        api.MapGet("/files/{id}", async (string id, Principal caller, IBatches batches, HttpContext context)
            => await WriteAsync(context, BatchJson.File(await batches.FindFileAsync(caller, id, context.RequestAborted))));
        api.MapGet("/files/{id}/content", ContentAsync);
        api.MapPost("/batches", CreateAsync);
        api.MapGet("/batches", ListAsync);
        api.MapGet("/batches/{id}", async (string id, Principal caller, IBatches batches, HttpContext context)
            => await WriteAsync(context, BatchJson.Batch(await batches.FindAsync(caller, id, context.RequestAborted))));
        api.MapPost("/batches/{id}/cancel", async (string id, Principal caller, IBatches batches, HttpContext context)
            => await WriteAsync(context, BatchJson.Batch(await batches.CancelAsync(caller, id, context.RequestAborted))));
    }

    private static async Task UploadAsync(HttpContext context, Principal caller, IBatches batches)
    {
        if (!context.Request.HasFormContentType)
            throw Invalid("The body is no form with a file.", "Send multipart/form-data with the fields file and purpose=batch.");
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LargestUpload;
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["purpose"] != "batch")
            throw Invalid($"The purpose of the file is '{form["purpose"]}'.", "Send purpose=batch: files are for batches only.");
        if (form.Files is not [{ Name: "file" } file])
            throw Invalid("The form has no one field 'file'.", "Send multipart/form-data with the fields file and purpose=batch.");
        await using var content = file.OpenReadStream();
        await WriteAsync(context, BatchJson.File(await batches.UploadAsync(caller, file.FileName, content, context.RequestAborted)));
    }

    private static async Task ContentAsync(string id, HttpContext context, Principal caller, IBatches batches)
    {
        // An unknown file is refused before the first byte; the length is known to nobody before the last.
        context.Response.ContentType = "application/jsonl";
        await batches.WriteAsync(caller, id, context.Response.Body, context.RequestAborted);
    }

    private static async Task CreateAsync(HttpContext context, Caller caller, IBatches batches)
    {
        using var body = await ReadAsync(context);
        var root = body.RootElement;
        var metadata = root.TryGetProperty("metadata", out var own) && own.ValueKind == JsonValueKind.Object ? own.GetRawText() : null;
        var origin = new CallOrigin { Caller = caller.Principal, Key = caller.Key };
        var state = await batches.CreateAsync(origin, Text(root, "input_file_id"), Text(root, "endpoint"), metadata,
            context.RequestAborted);
        await WriteAsync(context, BatchJson.Batch(state));
    }

    private static async Task ListAsync(HttpContext context, Principal caller, IBatches batches, int? limit)
    {
        var states = await batches.ListAsync(caller, Math.Clamp(limit ?? 20, 1, MostListed), context.RequestAborted);
        await WriteAsync(context, BatchJson.List(states));
    }

    private static async Task<JsonDocument> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bytes = body.ToArray();
        if (JsonSyntax.Mistake(bytes) is { } mistake)
            throw Invalid($"The body is not JSON: {mistake}.", "Send one JSON object.");
        var document = JsonDocument.Parse(bytes);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document
            : throw Invalid("The body is not a JSON object.", "Send one JSON object.");
    }

    private static string Text(JsonElement root, string name)
        => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Invalid($"The body has no text '{name}'.", "See POST /v1/batches in OpenAI's documentation.");

    private static CairnException Invalid(string what, string fix) => new(ErrorKind.Input, "request.invalid", what, fix);

    private static async Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json, Encoding.UTF8, context.RequestAborted);
    }
}
