namespace Cairn.Learning;

/// <summary>Okabe and Ito's colours, which people with any colour vision can tell apart (https://jfly.uni-koeln.de/color/).</summary>
internal static class Palette
{
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#999999", "#8c6d31"];

    public static string At(int index) => Colours[index % Colours.Length];
}
