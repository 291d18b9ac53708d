namespace Cairn.Bench;

/// <summary>A question of XQuAD and what the lexical index finds for it: with its article among the passages, and without.</summary>
/// <param name="Article">Articles, never single questions, are split between training and test.</param>
/// <param name="Paragraph">Id of the paragraph that the question was asked about.</param>
/// <param name="AnswerStart">Where the first gold answer begins in the paragraph.</param>
internal sealed record AnswerQuestion(string Text, int Article, long Paragraph, string[] Answers, int AnswerStart)
{
    public required Retrieval With { get; init; }

    public required Retrieval Without { get; init; }

    public bool HeldIn(string quote) => Answers.Any(a => quote.Contains(a, StringComparison.OrdinalIgnoreCase));
}
