namespace Cairn.Training.Tests;

public sealed class TrainingErrorsTests
{
    [Fact]
    public void What_an_array_would_need_is_the_data_s_fault_and_said()
    {
        var error =
            Assert.IsType<CairnException>(TrainingErrors.Of(new InsufficientMemoryException("It needs 5 MiB, and 4 MiB are there.")));
        Assert.Equal((ErrorKind.Input, "training.memory"), (error.Kind, error.Code));
        Assert.Equal("It needs 5 MiB, and 4 MiB are there.", error.Message);
    }
}
