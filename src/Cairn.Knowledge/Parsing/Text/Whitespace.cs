namespace Cairn.Knowledge;

/// <summary>What becomes of white space when text is taken over.</summary>
internal enum Whitespace
{
    /// <summary>Every run becomes one space: a paragraph is one line.</summary>
    Flow,

    /// <summary>Line ends stay, other runs become one space.</summary>
    Lines,

    /// <summary>Line ends and indentation stay (code).</summary>
    Keep,
}
