namespace Cairn.Learning;

/// <summary>One part of a picture: a <see cref="Plot"/> with axes, or a <see cref="Diagram"/> of nodes.</summary>
public abstract record Panel
{
    public string? Title { get; init; }

    internal abstract void Draw(SvgWriter svg, Box box);
}
