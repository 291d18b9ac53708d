namespace Cairn.Abstractions.Tests;

public sealed class CommandHintTests
{
    [Theory]
    [InlineData("Run: cairn doctor", "Run: ./cairn doctor")]
    [InlineData("cairn user link NAME, then `cairn up`", "./cairn user link NAME, then `./cairn up`")]
    [InlineData("the secret is not set (cairn models key set openai)", "the secret is not set (./cairn models key set openai)")]
    [InlineData("Edit cairn.yaml in .cairn or what cairn is", "Edit cairn.yaml in .cairn or what cairn is")]
    [InlineData("./cairn doctor and /opt/cairn doctor", "./cairn doctor and /opt/cairn doctor")]
    [InlineData("cairn uptime", "cairn uptime")]
    public void A_command_is_told_as_its_user_called_it(string written, string told)
        => Assert.Equal(told, CommandHint.In(written, "./cairn"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_launcher_it_is_told_as_it_is_written(string? called)
        => Assert.Equal("Run: cairn doctor", CommandHint.In("Run: cairn doctor", called));

    [Fact]
    public void What_the_launcher_was_called_by_is_taken_as_it_is()
        => Assert.Equal("/a$1/cairn up", CommandHint.In("cairn up", "/a$1/cairn"));
}
