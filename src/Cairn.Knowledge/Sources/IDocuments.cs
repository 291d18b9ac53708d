using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>
/// Reading documents as a caller; rights are checked at each read. What the caller may not see is <see cref="ErrorKind.NotFound"/>;
/// what the caller once saw and lost is <see cref="ErrorKind.NotPermitted"/> only where an answer of theirs refers to it; an erased
/// document is <see cref="ErrorKind.Gone"/>.
/// </summary>
public interface IDocuments
{
    Task<DocumentPage> ListAsync(Principal caller, DocumentFilter filter, CancellationToken cancellationToken);

    Task<DocumentSummary> GetAsync(Principal caller, string document, CancellationToken cancellationToken);

    /// <param name="version">Null: the newest readable one.</param>
    Task<DocumentText> TextAsync(Principal caller, string document, int? version, CancellationToken cancellationToken);

    /// <summary>The rectangles that cover <c>text[start..end]</c>, one per line; empty for formats without pages.</summary>
    Task<ImmutableArray<Box>> BoxesAsync(
        Principal caller, string document, int version, int start, int end, CancellationToken cancellationToken);

    /// <summary>A page of a PDF as PNG at about 110 dots per inch.</summary>
    Task<Stream> PageImageAsync(Principal caller, string document, int version, int page, CancellationToken cancellationToken);

    /// <summary>The original bytes and their media type.</summary>
    Task<(Stream Content, string MediaType)> OriginalAsync(
        Principal caller, string document, int version, CancellationToken cancellationToken);

    /// <summary>Hides a document from search at once; <see cref="RestoreAsync"/> brings it back.</summary>
    Task RemoveAsync(Principal caller, string document, CancellationToken cancellationToken);

    Task RestoreAsync(Principal caller, string document, CancellationToken cancellationToken);
}
