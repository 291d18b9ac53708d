namespace Cairn.Knowledge.Tests;

public sealed class GroundingModelTests
{
    [Fact]
    public void The_shipped_weights_are_as_many_as_the_features()
    {
        Assert.Equal(SentenceFeatures.Count, ShippedGroundingModel.Value.Ranking.Weights.Length);
        Assert.Equal(ConfidenceFeatures.Count, ShippedGroundingModel.Value.Confidence.Weights.Length);
        Assert.Distinct(SentenceFeatures.Names);
        Assert.InRange(ShippedGroundingModel.Value.OperatingPoint, 0.01, 0.5);
    }

    [Fact]
    public void Writing_the_features_fills_the_whole_row()
    {
        var passage = Asking.Passage("The pilot boards at buoy N3. He leaves at the quay.");
        var evidence = Asking.Evidence("Where does the pilot board?", passage);
        var question = Question.Read("Where does the pilot board?", evidence);
        var row = Enumerable.Repeat(double.NaN, SentenceFeatures.Count).ToArray();

        SentenceFeatures.Write(question, EvidenceReader.Read(question, passage, 0), 0, 1, 1, row);

        Assert.All(row, value => Assert.True(double.IsFinite(value)));
    }
}
