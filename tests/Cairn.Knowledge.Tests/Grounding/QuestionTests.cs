namespace Cairn.Knowledge.Tests;

public sealed class QuestionTests
{
    [Theory]
    [InlineData("Who wrote the report?", "written", "wrote")]
    [InlineData("Which regulation applies?", "regulatory", "regulation")]
    [InlineData("What does the ship owe?", "vessel", "ship")]
    [InlineData("What is the fee for a pass?", "price", "fee")]
    [InlineData("Wie hoch ist die Gebühr?", "Gebührenordnung", "Gebühr")]
    public void A_word_is_near_to_a_term_by_its_form_its_beginning_or_its_meaning(string text, string word, string term)
    {
        var question = Question.Read(text, Asking.Evidence(text));

        var (place, likeness) = question.Related(Analyzer.Analyze(word)[0].Term);

        Assert.Equal(-1, question.Place(Analyzer.Analyze(word)[0].Term));
        Assert.Equal(term, question.Terms[place].Typed);
        Assert.InRange(likeness, 0.1, 0.9);
    }

    [Theory]
    [InlineData("How long do we keep recordings of the radio?", "keep recordings radio")]
    [InlineData("What is it?", "What is it")]
    [InlineData("How long is the long quay?", "long quay")]
    public void Grammar_is_no_subject_matter_unless_there_is_nothing_else(string text, string content)
        => Assert.Equal(content, string.Join(' ', Question.Read(text, Asking.Evidence(text)).Terms.Select(t => t.Typed)));

    [Fact]
    public void The_rarer_term_weighs_more_and_all_weights_are_covered_by_all_terms()
    {
        var question = Question.Read("radio channel pilot",
            Asking.Evidence("radio channel pilot", Asking.Passage("radio radio"), Asking.Passage("radio channel", id: 2)));

        Assert.True(question.Terms[0].Weight < question.Terms[1].Weight && question.Terms[1].Weight < question.Terms[2].Weight);
        Assert.Equal(1, question.Coverage(question.All), 9);
        Assert.Equal(0b100UL, question.Absent);
    }
}
