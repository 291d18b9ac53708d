namespace Cairn.Learning;

public sealed partial class Frame
{
    /// <summary>
    /// Rows of two frames side by side where the columns of these names are equal; a missing value equals nothing. Rows come in the left
    /// frame's order, those that only the right one has at the end. A column of the right frame whose name the left has too gets
    /// <c>_right</c> behind it.
    /// </summary>
    /// <exception cref="BadInputException">Keys of different kinds, no key for a join that needs one, or more rows than a frame can
    /// hold.</exception>
    public Frame Join(Frame right, JoinKind kind, params string[] on)
    {
        ArgumentNullException.ThrowIfNull(right);
        if (kind == JoinKind.Cross)
            return on.Length > 0 ? throw new BadInputException("join: a cross join has no key.") : FrameJoin.Cross(this, right);
        return on.Length == 0
            ? throw new BadInputException("join: name the columns to join on.")
            : new FrameJoin(this, right, on).Make(kind);
    }

    /// <summary>An inner join.</summary>
    public Frame Join(Frame right, params string[] on) => Join(right, JoinKind.Inner, on);
}
