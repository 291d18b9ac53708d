using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Cairn.Sandbox;

namespace Cairn.Knowledge;

/// <summary>PDF through poppler's <c>pdftotext</c>. Runs inside the sandboxed worker, which starts the program beside itself.</summary>
internal static partial class PdfParser
{
    public const string Program = "pdftotext";

    private const int WrongPassword = 1;
    private const int NotAllowed = 3;
    private const int LongestComplaint = 8 << 10;

    private static readonly ImmutableHashSet<string> KeptProperties = ["author", "subject", "keywords", "creationdate", "moddate"];

    public static UnreadableFileException Missing()
        => new("parser.pdftotext_missing", "PDF files need the program pdftotext, which is not installed on this machine.",
            "apt-get install poppler-utils, then ingest again.");

    public static async Task<ParsedDocument> ParseAsync(string file, CancellationToken cancellationToken)
    {
        var program = ProgramPath.Find(Program) ?? throw Missing();
        var start = new ProcessStartInfo(program, ["-bbox-layout", file, "-"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw Missing();
        var errors = HeadAsync(process.StandardError, cancellationToken);
        try
        {
            var (pages, properties) = PdfLayoutFile.Read(process.StandardOutput.BaseStream);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0 || pages.Count == 0)
                throw Refusal(process.ExitCode, await errors);
            return Document(pages, properties, cancellationToken);
        }
        catch (System.Xml.XmlException e)
        {
            await process.WaitForExitAsync(cancellationToken);
            throw process.ExitCode == 0
                ? Unreadable.Broken("PDF", "its text cannot be taken out.", e)
                : Refusal(process.ExitCode, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    internal static ParsedDocument Document(List<PdfPage> pages, Dictionary<string, string> properties, CancellationToken cancellationToken)
    {
        if (pages.TrueForAll(p => p.Lines.Count == 0))
            throw new UnreadableFileException("pdf.no_text_layer", "no text layer: OCR is not available yet",
                "Run OCR over the file (for example with ocrmypdf) and ingest the result.");
        PdfFurniture.Remove(pages);
        var title = properties.GetValueOrDefault("title", "");
        var document = new PdfComposer(pages).Compose(Meaningless().IsMatch(title) ? null : title, cancellationToken);
        return document with
        {
            Metadata = properties.Where(p => KeptProperties.Contains(p.Key) && p.Value.Length > 0 && p.Value != "(unspecified)")
                .ToImmutableDictionary(p => p.Key, p => ReadingText.Of(p.Value)),
        };
    }

    /// <summary>The first complaints; the rest is read and dropped, so that the program never waits for us.</summary>
    private static async Task<string> HeadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var head = "";
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            head = head.Length < LongestComplaint ? head + new string(buffer, 0, read) : head;
        return head;
    }

    private static UnreadableFileException Refusal(int exitCode, string errors)
    {
        if (errors.Contains("password", StringComparison.OrdinalIgnoreCase) || exitCode == NotAllowed)
            return Unreadable.Encrypted("PDF");
        if (exitCode > 128)
            return Unreadable.Crashed("");
        var line = errors.Split('\n').FirstOrDefault(l => l.Contains("Error", StringComparison.Ordinal)) ?? errors.Split('\n')[0];
        var detail = line.Contains(": ", StringComparison.Ordinal) ? line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 2)..] : line;
        return Unreadable.Broken("PDF", exitCode == WrongPassword && detail.Length > 0 ? detail.TrimEnd('.') + "." : "it has no pages.");
    }

    [GeneratedRegex(
        @"^\s*$|^(untitled|unbenannt|microsoft |\(anonymous\)|\(unspecified\))|\.(docx?|pdf|indd|tex|odt|dvi|xlsx?|pptx?|qxd)\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Meaningless();
}
