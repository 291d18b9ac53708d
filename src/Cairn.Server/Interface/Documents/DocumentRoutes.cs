using Cairn.Knowledge;
using Microsoft.AspNetCore.Mvc;

namespace Cairn.Server;

/// <summary>What the documents page posts without script.</summary>
internal static class DocumentRoutes
{
    public static void MapDocumentRoutes(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/documents").ExcludeFromDescription().Requires(Right.Ingest);
        pages.MapPost("/upload", UploadAsync)
            .WithMetadata(new RequestSizeLimitAttribute(routes.ServiceProvider.GetRequiredService<CairnHostOptions>().MaxUpload));
        pages.MapPost("/read", ReadAsync);
        pages.MapPost("/{id}/remove", RemoveAsync);
        pages.MapPost("/{id}/restore", RestoreAsync);
    }

    private static async Task<IResult> UploadAsync(
        IFormFileCollection files, [FromForm] string? source, [FromForm] string? allow, Principal caller, IIngestion ingestion,
        CancellationToken cancellationToken)
    {
        var rejected = new List<string>();
        foreach (var file in files)
        {
            await using var content = file.OpenReadStream();
            var report = await ingestion.UploadAsync(caller, string.IsNullOrWhiteSpace(source) ? "uploads" : source.Trim(),
                Path.GetFileName(file.FileName),
                string.IsNullOrEmpty(allow) ? [] : [allow], content, cancellationToken);
            rejected.AddRange(report.Failures.Select(f => $"{f.Path}: {f.Reason}"));
        }
        return Results.LocalRedirect(rejected.Count == 0
            ? "/documents"
            : "/documents?rejected=" + Uri.EscapeDataString(string.Join(" ", rejected)));
    }

    private static async Task<IResult> ReadAsync(
        [FromForm] string? source, Principal caller, IIngestion ingestion, CancellationToken cancellationToken)
    {
        await ingestion.StartAsync(caller, new IngestRequest { Source = source }, cancellationToken);
        return Results.LocalRedirect("/documents");
    }

    private static async Task<IResult> RemoveAsync(
        string id, [FromForm] string? back, Principal caller, IDocuments documents, CancellationToken cancellationToken)
    {
        await documents.RemoveAsync(caller, id, cancellationToken);
        var list = back is not null && back.StartsWith("/documents", StringComparison.Ordinal) ? back : "/documents";
        return Results.LocalRedirect(
            $"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}removed={Uri.EscapeDataString(id)}");
    }

    private static async Task<IResult> RestoreAsync(
        string id, [FromForm(Name = "__RequestVerificationToken")] string? _, Principal caller, IDocuments documents,
        CancellationToken cancellationToken)
    {
        await documents.RestoreAsync(caller, id, cancellationToken);
        return Results.LocalRedirect("/documents");
    }
}
