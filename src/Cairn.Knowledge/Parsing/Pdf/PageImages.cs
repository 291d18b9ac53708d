using System.Globalization;
using Cairn.Sandbox;

namespace Cairn.Knowledge;

/// <summary>Draws pages with poppler's <c>pdftoppm</c> inside the sandbox.</summary>
internal sealed class PageImages(ISandbox sandbox, ParserOptions options) : IPageImages
{
    private const string Program = "pdftoppm";
    private const int DotsPerInch = 110;
    private const int NoSuchPage = 99;
    private const int LargestSide = 3000;
    private const long LargestImage = 64L << 20;

    public async Task<Stream?> RenderAsync(string file, int page, CancellationToken cancellationToken)
    {
        if (page < 1)
            return null;
        if (ProgramPath.Find(Program) is null)
            throw new UnreadableFileException("parser.pdftoppm_missing",
                "Pages of PDF files are drawn by pdftoppm, which is not installed on this machine.", "apt-get install poppler-utils");
        var (image, failure) = await DrawAsync(file, page, ["-r", Text(DotsPerInch)], cancellationToken);
        if (failure is not null || (image is not null && TooLarge(image)))
            (image, failure) = await DrawAsync(file, page, ["-scale-to", Text(LargestSide)], cancellationToken);
        if (failure is not null)
            throw new UnreadableFileException("pdf.page_not_drawn", $"Page {page} cannot be drawn{failure}.",
                "Open the original file instead.");
        return image is null ? null : new MemoryStream(image, writable: false);
    }

    /// <returns>The image, or neither image nor failure when there is no such page.</returns>
    private async Task<(byte[]? Image, string? Failure)> DrawAsync(
        string file, int page, string[] size, CancellationToken cancellationToken)
    {
        var program = new SandboxedProgram
        {
            FileName = Program,
            Arguments = ["-png", .. size, "-f", Text(page), "-l", Text(page), "-singlefile", file],
            Readable = [file],
            Limits = new SandboxLimits { Time = options.Time, Memory = options.Memory, Output = LargestImage },
        };
        await using var process = await sandbox.StartAsync(program, cancellationToken);
        process.StandardInput.Close();
        using var image = new MemoryStream();
        await process.StandardOutput.CopyToAsync(image, cancellationToken);
        var (outcome, exitCode) = await process.WaitAsync(cancellationToken);
        if (outcome == SandboxOutcome.Exited && exitCode == 0 && image.Length > 0)
            return (image.ToArray(), null);
        if (exitCode == NoSuchPage || process.ErrorTail.Contains("page range", StringComparison.Ordinal))
            return (null, null);
        return (null, outcome switch
        {
            SandboxOutcome.OutOfTime => ": it took too long",
            SandboxOutcome.OutOfMemory or SandboxOutcome.TooMuchOutput => ": it is too large",
            _ => process.ErrorTail.Contains("password", StringComparison.OrdinalIgnoreCase) ? ": the file is protected by a password" : "",
        });
    }

    /// <summary>Width and height stand big-endian at offsets 16 and 20 of a PNG.</summary>
    private static bool TooLarge(byte[] png)
        => png.Length > 24
            && (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)) > LargestSide
                || System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)) > LargestSide);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
