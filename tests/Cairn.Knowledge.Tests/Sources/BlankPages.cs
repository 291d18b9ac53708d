namespace Cairn.Knowledge.Tests;

/// <summary>Draws the first page of anything as a few bytes that tell what was drawn.</summary>
internal sealed class BlankPages : IPageImages
{
    public int Drawn { get; private set; }

    public Task<Stream?> RenderAsync(string file, int page, CancellationToken cancellationToken)
    {
        Drawn += page == 1 ? 1 : 0;
        return Task.FromResult<Stream?>(page == 1 ? new MemoryStream([.. "PNG of "u8, .. File.ReadAllBytes(file).Take(5)]) : null);
    }
}
