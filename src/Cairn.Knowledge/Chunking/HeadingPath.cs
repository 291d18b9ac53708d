namespace Cairn.Knowledge;

/// <summary>The headings above the current place, outermost first.</summary>
internal sealed class HeadingPath
{
    private const int LongestPart = 120;

    private readonly List<(int Level, string Text)> _headings = [];

    public string Text { get; private set; } = "";

    public void Enter(int level, string heading)
    {
        _headings.RemoveAll(h => h.Level >= level);
        _headings.Add((level, Shortened(heading)));
        Text = string.Join(" › ", _headings.Select(h => h.Text));
    }

    private static string Shortened(string heading)
    {
        if (heading.Length <= LongestPart)
            return heading;
        var cut = heading.LastIndexOf(' ', LongestPart);
        return heading[..(cut > 0 ? cut : LongestPart)] + "…";
    }
}
