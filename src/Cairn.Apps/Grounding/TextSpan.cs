using System.Collections.Immutable;
using Cairn.Knowledge;

namespace Cairn.Apps;

/// <summary>UTF-16 offsets into a text; <see cref="End"/> is exclusive.</summary>
internal readonly record struct TextSpan(int Start, int End)
{
    public int Length => End - Start;

    public string Of(string text) => text[Start..End];

    /// <summary>The sentences of a text, trimmed and in order.</summary>
    public static ImmutableArray<TextSpan> SentencesOf(string text) => [.. Sentences.Split(text).Select(s => new TextSpan(s.Start, s.End))];
}
