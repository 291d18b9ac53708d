using Cairn.Knowledge;

namespace Cairn.Server;

/// <summary>Documents as the caller may see them, by page, text, picture and original.</summary>
internal static class DocumentsApi
{
    public static void MapDocumentsApi(this IEndpointRouteBuilder api)
    {
        var documents = api.MapGroup("/documents").WithTags("documents");
        documents.MapGet("", ListAsync).WithSummary("Documents that the caller may see, a page of them");
        documents.MapGet("/{id}", GetAsync).WithSummary("One document");
        documents.MapGet("/{id}/text", TextAsync)
            .WithSummary("A version's extracted text with its structure; citations' offsets count in it");
        documents.MapGet("/{id}/boxes", BoxesAsync).WithSummary("Where a piece of the text stands on the pages");
        documents.MapGet("/{id}/pages/{page:int}", PageAsync).Produces(StatusCodes.Status200OK, contentType: "image/png")
            .WithSummary("A page as a picture");
        documents.MapGet("/{id}/original", OriginalAsync).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .WithSummary("The original bytes, to keep");
        documents.MapDelete("/{id}", RemoveAsync).Requires(Right.Ingest).WithSummary("Hide a document at once");
        documents.MapPost("/{id}/restore", RestoreAsync).Requires(Right.Ingest).WithSummary("Bring a hidden document back");
    }

    private static Task<DocumentPage> ListAsync(
        string? source, DocumentStatus? status, string? text, Principal caller, IDocuments documents, CancellationToken cancellationToken,
        int skip = 0, int take = 50)
    {
        if (skip < 0 || take is < 1 or > 200)
            throw new CairnException(ErrorKind.Input, "page.invalid", $"There is no page of {take} documents after {skip}.",
                "Skip 0 or more, take 1 to 200.");
        return documents.ListAsync(caller, new DocumentFilter { Source = source, Status = status, Text = text, Skip = skip, Take = take },
            cancellationToken);
    }

    private static Task<DocumentSummary> GetAsync(string id, Principal caller, IDocuments documents, CancellationToken cancellationToken)
        => documents.GetAsync(caller, id, cancellationToken);

    private static Task<DocumentText> TextAsync(
        string id, int? version, Principal caller, IDocuments documents, CancellationToken cancellationToken)
        => documents.TextAsync(caller, id, version, cancellationToken);

    private static async Task<BoxesResponse> BoxesAsync(
        string id, int version, int start, int end, Principal caller, IDocuments documents, CancellationToken cancellationToken)
        => new(await documents.BoxesAsync(caller, id, version, start, end, cancellationToken));

    private static async Task<IResult> PageAsync(
        string id, int page, int? version, Principal caller, IDocuments documents, HttpContext context)
    {
        var shown = version ?? (await documents.GetAsync(caller, id, context.RequestAborted)).Version;
        var picture = await documents.PageImageAsync(caller, id, shown, page, context.RequestAborted);
        // A version never changes, but rights do: the browser asks again, and only the picture itself is spared.
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.Stream(picture, "image/png", entityTag: new($"\"{id}-{shown}-{page}\""));
    }

    private static async Task<IResult> OriginalAsync(string id, int? version, Principal caller, IDocuments documents, HttpContext context)
    {
        var document = await documents.GetAsync(caller, id, context.RequestAborted);
        var (content, mediaType) = await documents.OriginalAsync(caller, id, version ?? document.Version, context.RequestAborted);
        Originals.Guard(context.Response);
        return Results.Stream(content, Originals.SafeType(mediaType), Path.GetFileName(document.Path));
    }

    private static async Task<IResult> RemoveAsync(string id, Principal caller, IDocuments documents, CancellationToken cancellationToken)
    {
        await documents.RemoveAsync(caller, id, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> RestoreAsync(string id, Principal caller, IDocuments documents, CancellationToken cancellationToken)
    {
        await documents.RestoreAsync(caller, id, cancellationToken);
        return Results.NoContent();
    }
}
