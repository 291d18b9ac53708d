using System.Globalization;
using System.Text;

namespace Cairn.Apps;

/// <summary>The input contract of an answer app: some text, at most 8,000 characters.</summary>
internal static class QuestionContract
{
    public const int MostCharacters = 8000;

    /// <returns>The question trimmed, with broken UTF-16 replaced and control characters made spaces.</returns>
    /// <exception cref="CairnException"><c>question.empty</c>, <c>question.too-long</c>.</exception>
    public static string Check(string? question)
    {
        // The length comes first, so that a huge text costs nothing.
        if (question is { Length: > 4 * MostCharacters })
            throw TooLong(question.Length);
        var text = Clean(question ?? "").Trim();
        if (!text.Any(char.IsLetterOrDigit))
            throw new CairnException(ErrorKind.Input, "question.empty", "The question is empty.",
                "Write a question, for example: cairn ask \"Which tug carries the harbour boom?\"");
        return text.Length <= MostCharacters ? text : throw TooLong(text.Length);
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.Value is not ('\n' or '\t') && Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control
                ? new Rune(' ')
                : rune);
        return clean.ToString();
    }

    private static CairnException TooLong(int length)
        => new(ErrorKind.TooLarge, "question.too-long",
            string.Create(CultureInfo.InvariantCulture, $"The question has {length:N0} characters; {MostCharacters:N0} is the limit."),
            "Ask a shorter question; put a long text into a document and ingest it.");
}
