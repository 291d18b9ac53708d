namespace Cairn.Knowledge.Tests;

public sealed class AnswerTypesTests
{
    [Theory]
    [InlineData("When does the crane stop?", nameof(AnswerType.Date))]
    [InlineData("In what year was the quay built?", nameof(AnswerType.Year))]
    [InlineData("How many persons must the gang have?", nameof(AnswerType.Number))]
    [InlineData("How long may a box stay?", nameof(AnswerType.Duration))]
    [InlineData("How much does a visitor pay for the card?", nameof(AnswerType.Money))]
    [InlineData("Who approves the purchase?", nameof(AnswerType.Person))]
    [InlineData("Where does the pilot board?", nameof(AnswerType.Place))]
    [InlineData("Why was the berth closed?", nameof(AnswerType.Reason))]
    [InlineData("What is a reefer?", nameof(AnswerType.Definition))]
    [InlineData("Which tug carries the boom?", nameof(AnswerType.Other))]
    [InlineData("Wann läuft der Vertrag aus?", nameof(AnswerType.Date))]
    [InlineData("Wie viele Schiffe liegen am Kai?", nameof(AnswerType.Number))]
    [InlineData("Wer ist zuständig?", nameof(AnswerType.Person))]
    [InlineData("Wie lange dauert die Prüfung?", nameof(AnswerType.Duration))]
    public void A_question_word_says_what_is_asked_for(string question, string type)
        => Assert.Equal(type, AnswerTypes.Of(question).ToString());

    [Theory]
    [InlineData("Which tug carries the boom?", "tug")]
    [InlineData("What is the name of the pilot?", "pilot")]
    [InlineData("How many moves per hour do we promise?", "moves")]
    [InlineData("Does it rain?", null)]
    public void The_noun_asked_about_follows_the_question_word(string question, string? noun)
    {
        var at = AnswerTypes.FocusOf(question);

        Assert.Equal(noun, at < 0 ? null : question[at..(at + noun!.Length)]);
    }
}
