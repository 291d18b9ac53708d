namespace Cairn.Knowledge;

/// <summary>Draws pages of PDF files, in the sandbox.</summary>
public interface IPageImages
{
    /// <param name="file">Absolute path of the PDF's bytes.</param>
    /// <param name="page">From 1.</param>
    /// <returns>The page as PNG at about 110 dots per inch; null when the file has no such page.</returns>
    /// <exception cref="UnreadableFileException">The page cannot be drawn.</exception>
    Task<Stream?> RenderAsync(string file, int page, CancellationToken cancellationToken);
}
