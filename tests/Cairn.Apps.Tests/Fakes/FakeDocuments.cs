using System.Collections.Immutable;
using Cairn.Knowledge;

namespace Cairn.Apps.Tests;

/// <summary>Documents that everybody may read until they are lost.</summary>
internal sealed class FakeDocuments : IDocuments
{
    public HashSet<string> Lost { get; } = [];

    public Task<DocumentSummary> GetAsync(Principal caller, string document, CancellationToken cancellationToken) => Lost.Contains(document)
        ? throw new CairnException(ErrorKind.NotPermitted, "document.lost", "You may no longer read this document.", "Ask its owner.")
        : Task.FromResult(new DocumentSummary
        {
            Id = document,
            Source = "harbour",
            Path = document + ".md",
            Title = document,
            Version = 1,
            Status = DocumentStatus.Ready,
            Format = "markdown",
            Bytes = 1,
            Passages = 1,
            Access = AccessSet.Everyone,
            Changed = default,
        });

    public Task<ImmutableArray<Box>> BoxesAsync(
        Principal caller, string document, int version, int start, int end, CancellationToken cancellationToken)
        => Task.FromResult<ImmutableArray<Box>>([new Box(1, start, 0, end - start, 10)]);

    public Task<DocumentPage> ListAsync(Principal caller, DocumentFilter filter, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public Task<DocumentText> TextAsync(
        Principal caller, string document, int? version, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Stream> PageImageAsync(
        Principal caller, string document, int version, int page, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<(Stream Content, string MediaType)> OriginalAsync(
        Principal caller, string document, int version, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemoveAsync(Principal caller, string document, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RestoreAsync(Principal caller, string document, CancellationToken cancellationToken) => throw new NotSupportedException();
}
