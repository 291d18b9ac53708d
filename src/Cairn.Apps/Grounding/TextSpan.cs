namespace Cairn.Apps;

/// <summary>UTF-16 offsets into a text; <see cref="End"/> is exclusive.</summary>
internal readonly record struct TextSpan(int Start, int End)
{
    public int Length => End - Start;

    public string Of(string text) => text[Start..End];
}
