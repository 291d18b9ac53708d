using Cairn.Identity;
using Cairn.Knowledge;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Cairn.Server;

/// <summary>Sources, and how documents come in: by ingestion of folders, by upload of one file.</summary>
internal static class SourcesApi
{
    public static void MapSourcesApi(this IEndpointRouteBuilder api)
    {
        var sources = api.MapGroup("").WithTags("documents");
        sources.MapGet("/sources", ListAsync).WithSummary("Sources, with counts of what the caller may see");
        sources.MapPost("/sources/{source}/documents", UploadAsync).Requires(Right.Ingest).Accepts<Stream>("*/*")
            .WithSummary("Upload one file; the body is its bytes");
        sources.MapPost("/ingest", IngestAsync).Requires(Right.Ingest).Produces<IngestStarted>(StatusCodes.Status202Accepted)
            .WithSummary("Start a durable ingestion");
    }

    private static async Task<SourcesResponse> ListAsync(Principal caller, ISources sources, CancellationToken cancellationToken)
        => new(await sources.ListAsync(caller, cancellationToken));

    private static async Task<IngestReport> UploadAsync(
        string source, [FromQuery] string path, [FromQuery] string[]? allow, Principal caller, IIngestion ingestion,
        ISubjects subjects, CairnHostOptions options, HttpContext context)
    {
        if (context.Request.ContentLength > options.MaxUpload)
            throw TooLarge(options);
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = options.MaxUpload;
        string[] readers = [.. (allow ?? [])
            .SelectMany(a => a.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        try
        {
            var report = await ingestion.UploadAsync(caller, source, path, readers, context.Request.Body, context.RequestAborted);
            return report with { Warnings = [.. await subjects.WarningsAsync(caller.Tenant, readers, context.RequestAborted)] };
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(options);
        }
    }

    private static async Task<IResult> IngestAsync(
        IngestBody body, Principal caller, Caller how, IIngestion ingestion, ISubjects subjects,
        CancellationToken cancellationToken)
    {
        if (body.Paths is { Count: > 0 } && how.Kind != CallerKind.Socket)
        {
            throw new CairnException(ErrorKind.NotPermitted, "ingest.paths",
                "Paths of the server's machine can be named only on that machine.",
                "Upload the files, ingest a declared source (leave `paths` out), or run `cairn ingest PATH` where the server runs.");
        }
        var job = await ingestion.StartAsync(caller,
            new IngestRequest { Source = body.Source, Paths = [.. body.Paths ?? []], Allow = [.. body.Allow ?? []] }, cancellationToken);
        var warnings = await subjects.WarningsAsync(caller.Tenant, [.. body.Allow ?? []], cancellationToken);
        return Results.Json(
            new IngestStarted(job.Id, warnings), ServerJson.Default.IngestStarted, statusCode: StatusCodes.Status202Accepted);
    }

    private static CairnException TooLarge(CairnHostOptions options)
        => new(ErrorKind.TooLarge, "upload.too-large", $"The file is larger than {options.MaxUpload >> 20} MB.",
            "Put it into a folder of the server's machine and ingest that: cairn ingest FOLDER");
}
