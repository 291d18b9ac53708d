using Cairn.Testing;

namespace Cairn.Models.Tests;

public sealed class SettingTests
{
    [Fact]
    public void References_are_looked_up_at_each_use()
    {
        using var folder = new TemporaryFolder();
        folder.Write("anthropic", "s3cret\n");
        var settings = new WorkspaceSettings(folder.Path, name => name == "HOST" ? "db" : null);
        Assert.Equal("Host=db;Password=s3cret", new Setting("Host=${env:HOST};Password=${secret:anthropic}").Resolve(settings));
        Assert.Null(new Setting("${env:OTHER}").Resolve(settings));
        Assert.Equal(["the environment variable OTHER is not set", "the secret none is not set (cairn models key set none)"],
            new Setting("${env:OTHER}${secret:none}").Missing(settings));
    }

    [Theory]
    [InlineData("${secret:../../etc/passwd}")]
    [InlineData("${secret:a/b}")]
    [InlineData("${vault:x}")]
    [InlineData("${env:}")]
    [InlineData("${env:A")]
    public void What_is_no_reference_is_named(string text) => Assert.NotNull(new Setting(text).FirstMalformed);

    [Fact]
    public void A_value_behind_a_reference_is_never_printed()
        => Assert.Equal("Setting { Text = ${env:KEY}, HasReferences = True, IsOnlyReferences = True, FirstMalformed =  }",
            new Setting("${env:KEY}").ToString());
}
