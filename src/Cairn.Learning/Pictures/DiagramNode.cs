namespace Cairn.Learning;

/// <param name="Text">One line or several.</param>
/// <param name="Colour">Which of the palette's colours.</param>
public sealed record DiagramNode(string Text, int Colour = 0);
