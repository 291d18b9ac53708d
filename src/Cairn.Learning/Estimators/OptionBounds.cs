namespace Cairn.Learning;

/// <summary>Says of an option that is out of its bounds what it is and what it may be, without naming a parameter.</summary>
internal static class OptionBounds
{
    /// <param name="what">As a person would call it, in the singular: "the number of trees".</param>
    /// <exception cref="BadInputException">It is less.</exception>
    public static void AtLeast<T>(T least, T value, string what)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0)
            throw new BadInputException(
                FormattableString.Invariant($"{char.ToUpperInvariant(what[0])}{what[1..]} is {value}; it is at least {least}."));
    }
}
