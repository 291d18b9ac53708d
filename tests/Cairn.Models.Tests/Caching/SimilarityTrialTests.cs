namespace Cairn.Models.Tests;

public sealed class SimilarityTrialTests
{
    [Fact]
    public void Each_question_gets_the_reply_of_the_nearest_that_a_model_answered()
    {
        (float[], string)[] questions =
        [
            ([2, 0], "card"), ([.8f, .6f], "card"), ([0, 1], "account"), ([.6f, .8f], "card"), ([0, 0], "nothing"),
        ];
        Assert.Equal(
            // At .3 the fourth is nearest to the second, which got a reply itself and so is none to compare with; the third is next.
            [new(0, 5, 0, 0), new(.3, 5, 2, 1), new(1, 5, 3, 1)],
            SimilarityTrial.Run(questions, [0, .3, 1]));
    }
}
