namespace Cairn.Learning;

internal readonly record struct TextLook()
{
    /// <summary><c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    public string Anchor { get; init; } = "start";

    public int Size { get; init; } = 12;

    public bool Bold { get; init; }

    /// <summary>Degrees, clockwise about the text's own point.</summary>
    public int Turn { get; init; }

    public string Colour { get; init; } = "currentColor";
}
