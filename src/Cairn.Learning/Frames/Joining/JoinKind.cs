namespace Cairn.Learning;

public enum JoinKind
{
    /// <summary>Rows with a partner.</summary>
    Inner,

    /// <summary>Every row of the left frame.</summary>
    Left,

    /// <summary>Every row of the right frame.</summary>
    Right,

    /// <summary>Every row of both.</summary>
    Outer,

    /// <summary>Rows of the left frame that have a partner, once each, without the right one's columns.</summary>
    Semi,

    /// <summary>Rows of the left frame that have none.</summary>
    Anti,

    /// <summary>Every row with every row.</summary>
    Cross,
}
