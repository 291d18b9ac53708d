using System.Globalization;

namespace Cairn.Learning;

/// <summary>Colours of a heat map from its least to its greatest value.</summary>
public sealed class ColourMap
{
    private readonly (byte R, byte G, byte B)[] _stops;

    private ColourMap(params string[] stops) => _stops = [.. stops.Select(Parse)];

    /// <summary>Dark blue over green to yellow, with evenly growing lightness (the map known as viridis).</summary>
    public static ColourMap Sequential { get; } = new("440154", "482878", "3e4989", "31688e", "26828e", "1f9e89", "35b779", "6ece58",
        "b5de2b", "fde725");

    /// <summary>White to blue: for counts and shares, where nothing should look like nothing.</summary>
    public static ColourMap FromWhite { get; } = new("ffffff", "c6dbef", "6baed6", "2171b5", "08306b");

    /// <summary>Blue over white to red, for values on both sides of a middle.</summary>
    public static ColourMap Diverging { get; } = new("2166ac", "92c5de", "f7f7f7", "f4a582", "b2182b");

    /// <param name="share">0 to 1; what lies outside is taken to the nearer end.</param>
    public string At(double share)
    {
        var (r, g, b) = Mix(share);
        return string.Create(CultureInfo.InvariantCulture, $"#{r:x2}{g:x2}{b:x2}");
    }

    /// <summary>Black or white, whichever can be read on the colour.</summary>
    internal string InkOn(double share)
    {
        var (r, g, b) = Mix(share);
        return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? "#000000" : "#ffffff";
    }

    private (byte R, byte G, byte B) Mix(double share)
    {
        var at = Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * (_stops.Length - 1);
        var low = Math.Min((int)at, _stops.Length - 2);
        var (a, b, t) = (_stops[low], _stops[low + 1], at - low);
        return (Mix(a.R, b.R, t), Mix(a.G, b.G, t), Mix(a.B, b.B, t));
    }

    private static byte Mix(byte a, byte b, double t) => (byte)Math.Round(a + (b - a) * t);

    private static (byte, byte, byte) Parse(string stop)
    {
        var bytes = Convert.FromHexString(stop);
        return (bytes[0], bytes[1], bytes[2]);
    }
}
