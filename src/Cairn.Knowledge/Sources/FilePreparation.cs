using System.Collections.Immutable;
using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>
/// The worker's part of ingestion: finds out whether a file is new, and if so reads, parses and chunks it. Touches no row.
/// </summary>
internal sealed class FilePreparation(
    IngestionOptions options, FileReader reader, IDocumentParser parser, IChunker chunker, IBlobs blobs, TimeProvider time)
{
    /// <param name="known">The document at this path, if there is one.</param>
    /// <param name="moved">Finds the document that stood elsewhere with these bytes and whose file is gone; null: do not look.</param>
    public async Task<PreparedFile> PrepareAsync(
        ScannedFile file, DocumentRow? known, bool rescan, Func<string, Task<DocumentRow?>>? moved, CancellationToken cancellationToken)
    {
        var seen = time.GetUtcNow().ToUnixTimeMilliseconds();
        var prepared = new PreparedFile { File = file, Seen = seen };
        if (file.Failure is not null)
            return prepared with { Failure = file.Failure };
        if (rescan && known is not null && AtRest(file, known))
            return known.Failure is null
                ? prepared with { Hash = known.Hash, Format = known.Format }
                : prepared with { Hash = known.FailedHash ?? "", Failure = known.Failure };
        if (file.Length == 0)
            return prepared with { Failure = "The file is empty, or no regular file." };
        if (file.Length > options.MaxFileBytes)
            return prepared with { Failure = TooLarge(file.Length, options.MaxFileBytes) };
        FileCopy copy;
        try
        {
            copy = await reader.ReadAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return prepared with { Failure = Unreadable(e) };
        }
        using (copy)
            return await PrepareAsync(prepared, copy, known, moved, cancellationToken);
    }

    /// <summary>The same for bytes that are already here.</summary>
    public async Task<PreparedFile> PrepareAsync(
        PreparedFile prepared, FileCopy copy, DocumentRow? known, Func<string, Task<DocumentRow?>>? moved,
        CancellationToken cancellationToken)
    {
        var file = prepared.File with { Length = copy.Length, Modified = copy.Modified };
        var format = parser.FormatOf(file.Path, copy.Head.Span) ?? "";
        prepared = prepared with { File = file, Hash = copy.Hash, Format = format };
        if (format.Length == 0)
            return prepared with { Failure = UnknownFormat(file.Path) };
        if (known is not null && known.Version > 0 && known.Hash == copy.Hash && known.Format == format)
            return prepared;
        if (known is null && moved is not null && await moved(copy.Hash) is { } before && before.Format == format)
            return prepared with { Renamed = true };
        return await ParseAsync(prepared, copy, cancellationToken);
    }

    private async Task<PreparedFile> ParseAsync(PreparedFile prepared, FileCopy copy, CancellationToken cancellationToken)
    {
        try
        {
            if (copy.Bytes is { } bytes && parser.ParseHeld(bytes, prepared.File.Path, prepared.Format, cancellationToken) is { } parsing)
                return Prepared(prepared, await parsing, bytes);
            if (copy.Path is not null)
                return await ParseFileAsync(prepared, copy, cancellationToken);
            using var written = await reader.WriteAsync(copy, prepared.File, cancellationToken);
            prepared = prepared with { Hash = written.Hash,
                File = prepared.File with { Length = written.Length, Modified = written.Modified } };
            return await ParseFileAsync(prepared, written, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !IngestErrors.IsDiskFull(e))
        {
            // It changed all the time, or was removed or closed to us after it had been read once.
            return prepared with { Failure = Unreadable(e) };
        }
        catch (CairnException e)
        {
            return prepared with { Failure = e is UnreadableFileException ? e.Message : $"{e.Message} {e.Fix}" };
        }
    }

    private async Task<PreparedFile> ParseFileAsync(PreparedFile prepared, FileCopy copy, CancellationToken cancellationToken)
    {
        var parsed = await parser.ParseAsync(copy.Path!, prepared.File.Path, prepared.Format, cancellationToken);
        return Prepared(prepared, parsed, copy.Bytes ?? await KeepAsync(copy.Path!, cancellationToken));
    }

    private PreparedFile Prepared(PreparedFile prepared, ParsedDocument parsed, byte[]? original)
    {
        if (Metadata.InvalidSubject(parsed.Access) is { } subject)
            return prepared with { Failure =
                $"Its own access names \"{subject}\", which is none of public, everyone, group:NAME, user:NAME, role:NAME." };
        var passages = chunker.Chunk(parsed);
        return prepared with
        {
            Content = new PreparedDocument
            {
                Title = parsed.Title,
                Length = parsed.Text.Length,
                Passages = passages.Count,
                Access = parsed.Access,
                Notices = parsed.Notices,
                Pieces = TextPieces.Of(parsed.Text, passages),
                Blocks = LayoutCodec.Encode(parsed.Blocks),
                Pages = Pages(parsed),
                Original = original,
                Changed = Metadata.Changed(parsed.Metadata),
                Supersedes = Metadata.Supersedes(parsed.Metadata),
            },
        };
    }

    private static ImmutableArray<(PageSize Page, byte[] Words)> Pages(ParsedDocument parsed)
    {
        if (parsed.Pages.IsEmpty)
            return [];
        var words = parsed.Words.ToLookup(w => w.Page);
        return [.. parsed.Pages.Select(p => (p, LayoutCodec.Encode([.. words[p.Number]])))];
    }

    /// <returns>Null: the bytes are in the blob store now, under their hash.</returns>
    private async Task<byte[]?> KeepAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        await blobs.PutAsync(stream, cancellationToken);
        return null;
    }

    /// <summary>Same size and time, and the time was old enough when the file was read that a later change would show.</summary>
    private static bool AtRest(ScannedFile file, DocumentRow known)
        => known.Bytes == file.Length
           && known.Modified == file.Modified.ToUnixTimeMilliseconds()
           && known.Seen >= known.Modified + FileReader.RestMilliseconds;

    private static string Unreadable(Exception error)
        => error is UnauthorizedAccessException ? "Permission to read the file is denied." : error.Message;

    private static string UnknownFormat(string path)
    {
        var ending = Path.GetExtension(path);
        return ending.Length > 1
            ? $"The format {ending} is not read."
            : "The file has no ending that names a format, and its bytes are no text.";
    }

    private static string TooLarge(long bytes, long limit) => $"The file has {bytes:N0} bytes; at most {limit:N0} are read.";
}
