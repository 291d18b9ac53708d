namespace Cairn.Knowledge.Tests;

public sealed class RepeatedQuestionTests
{
    private const string Tug = "Which tug carries the harbour boom?";

    [Theory]
    [InlineData(Tug, "./cairn ask \"Which tug carries the harbour boom?\"")]
    [InlineData(Tug, "./cairn ask \"which tug carries the harbour boom\" --json")]
    [InlineData(Tug, "-d '{\"question\": \"Which tug carries the harbour boom?\"}' http://127.0.0.1:7300/api/v1/apps/assistant/ask")]
    [InlineData(Tug, "Ann wrote: which tug carries the harbour boom? (see below)")]
    [InlineData("which tug carries the harbour boom", "- WHICH TUG CARRIES the “harbour” boom ? (asked twice)")]
    [InlineData("tug carries harbour boom", "\"The tug carries harbour boom?\"")]
    [InlineData("Where does NM-2041 moor?", "cairn ask 'Where does NM-2041 moor?'")]
    [InlineData("Where does the ship NM 2041", "ask where does the ship NM-2041")]
    [InlineData("Welcher Schlepper trägt die Ölsperre?", "cairn ask \"Welcher Schlepper trägt die Ölsperre?\"")]
    [InlineData("Welcher Schlepper trägt die Ölsperre?", "Betreff: „Welcher Schlepper trägt die Ölsperre“ vom Hafenamt")]
    [InlineData("Trägt der Schlepper die Ölsperre?", "Er fragte: „Trägt der Schlepper die Ölsperre?“")]
    public void The_question_word_for_word_is_no_answer(string question, string text) => Assert.Equal((1, 0), Units(question, text));

    [Theory]
    [InlineData(Tug, "The tug Bruno carries the harbour boom.")]
    [InlineData(Tug, "Which tug carries the harbour boom is written on the roster: Bruno.")]
    [InlineData("How do I open it?", "It opens when you press the button; do I know how?!")]
    [InlineData("How to open the gate?", "How to open the gate: press the green button.")]
    [InlineData("parental leave at full pay", "Staff get sixteen weeks of parental leave at full pay.")]
    [InlineData("notice period crane lease", "Notice period crane lease: six months.")]
    [InlineData("Trägt der Schlepper die Ölsperre?", "Bei Nordwind trägt der Schlepper die Ölsperre.")]
    [InlineData("Staff get parental leave at full pay?", "Staff get parental leave at full pay.")]
    [InlineData("Where's the tug?", "\"Where's the tug?\" is on channel 12.")]
    public void A_sentence_that_says_more_or_says_it_otherwise_stays_an_answer(string question, string text)
        => Assert.Equal((1, 1), Units(question, text));

    [Fact]
    public async Task The_sentence_after_a_command_that_asks_the_question_is_cited()
    {
        var result = await Asking.AskAsync(
            Tug,
            Asking.Passage(
                "cairn init demo\n./cairn ask \"Which tug carries the harbour boom?\"\nThe tug Bruno carries the harbour boom.",
                path: "README.md"));

        Assert.Equal("The tug Bruno carries the harbour boom.", Assert.Single(result.Citations).Quote);
    }

    [Fact]
    public async Task A_paper_that_answers_is_cited_before_one_that_only_asks()
    {
        var result = await Asking.AskAsync(
            Tug,
            Asking.Passage("-d '{\"question\": \"Which tug carries the harbour boom?\"}' http://127.0.0.1:7300/ask", path: "README.md"),
            Asking.Passage("The boom for the harbour lies on the tug Bruno.", path: "tugs.md", id: 2));

        Assert.Equal("tugs.md", Assert.Single(result.Citations).Path);
    }

    [Fact]
    public async Task An_answer_after_the_same_question_in_quotes_is_cited()
    {
        var result = await Asking.AskAsync(
            "Wie viele Tage Urlaub haben Mitarbeiter im Jahr?",
            Asking.Passage("Oft gefragt: „Wie viele Tage Urlaub haben Mitarbeiter im Jahr?“\nEs sind 28 Tage, dazu Heiligabend."));

        Assert.Equal("Es sind 28 Tage, dazu Heiligabend.", Assert.Single(result.Citations).Quote);
    }

    [Fact]
    public async Task A_paper_that_only_asks_the_question_does_not_answer_it()
    {
        var result = await Asking.AskAsync(Tug, Asking.Passage("./cairn ask \"Which tug carries the harbour boom?\"", path: "README.md"));

        Assert.Equal(AnswerStatus.Missing, result.Status);
        Assert.Empty(result.Citations);
    }

    /// <summary>The units that a text has, and how many of them can be quoted.</summary>
    private static (int Units, int Candidates) Units(string question, string text)
    {
        var evidence = ReadEvidence.Read(question, Asking.Evidence(question, Asking.Passage(text)));
        return (evidence.Passages[0].Units.Length, evidence.Candidates.Length);
    }
}
