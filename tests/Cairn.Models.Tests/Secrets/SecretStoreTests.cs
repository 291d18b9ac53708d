using System.Text;
using Cairn.Testing;

namespace Cairn.Models.Tests;

public sealed class SecretStoreTests : IDisposable
{
    private const string Key = "sk-planted-4711-do-not-leak-3f9a";

    private readonly TemporaryFolder _state = new();

    [Fact]
    public void A_secret_is_read_by_a_reference_and_listed_only_masked()
    {
        var store = SecretStore.In(_state.Path);
        store.Set("anthropic", Key + "\n");
        store.Set("short", "abc");
        Assert.Equal(Key, new Setting("${secret:anthropic}")
            .Resolve(new WorkspaceSettings(_state["secrets"], store: SecretStore.In(_state.Path))));
        Assert.Equal(["anthropic ••••3f9a", "short ••••"], store.List().Select(s => $"{s.Name} {s.Masked}"));
        Assert.True(store.Remove("anthropic"));
        Assert.False(store.Remove("anthropic"));
        Assert.Null(store.Find("anthropic"));
    }

    [Fact]
    public void No_file_holds_it_in_the_clear_and_only_the_owner_can_read_any()
    {
        SecretStore.In(_state.Path).Set("anthropic", Key);
        var files = Directory.GetFiles(_state.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(["secrets.key", "anthropic"], files.Select(Path.GetFileName).OrderDescending());
        Assert.All(files, file =>
        {
            Assert.DoesNotContain("planted", Encoding.Latin1.GetString(File.ReadAllBytes(file)));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        });
    }

    [Fact]
    public void A_changed_file_a_swapped_file_and_a_lost_key_are_errors_and_never_a_wrong_value()
    {
        var store = SecretStore.In(_state.Path);
        store.Set("a", Key);
        store.Set("b", "another-secret-value");
        File.Copy(_state["secrets/sealed/b"], _state["secrets/sealed/a"], overwrite: true);
        Assert.Equal("secret.unreadable", Assert.Throws<CairnException>(() => store.Find("a")).Code);
        store.Set("a", Key);
        var bytes = File.ReadAllBytes(_state["secrets/sealed/a"]);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1;
            File.WriteAllBytes(_state["secrets/sealed/a"], changed);
            var e = Assert.Throws<CairnException>(() => store.Find("a"));
            Assert.DoesNotContain("planted", e.ToString());
            Assert.Contains("cairn models key set a", e.Fix);
        }
        File.WriteAllBytes(_state["secrets/sealed/a"], bytes);
        Assert.Equal(Key, store.Find("a"));
        File.Delete(_state["keys/secrets.key"]);
        Assert.Throws<CairnException>(() => store.Find("a"));
    }

    [Fact]
    public void One_that_cannot_be_read_is_listed_as_such_beside_the_others()
    {
        var store = SecretStore.In(_state.Path);
        store.Set("b", Key);
        _state.Write("secrets/sealed/a", "copied from elsewhere");

        Assert.Equal(["a unreadable", "b ••••3f9a"], store.List().Select(s => $"{s.Name} {s.Masked}"));
        Assert.Equal("secret.unreadable", Assert.Throws<CairnException>(() => store.Find("a")).Code);
        _state.Write("keys/secrets.key", "no key");
        Assert.Equal(["a unreadable", "b unreadable"], store.List().Select(s => $"{s.Name} {s.Masked}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("1a")]
    [InlineData(".hidden")]
    public void What_is_no_name_is_refused(string name)
    {
        var store = SecretStore.In(_state.Path);
        Assert.Equal("secret.name", Assert.Throws<CairnException>(() => store.Set(name, Key)).Code);
        Assert.Null(store.Find(name));
    }

    [Theory]
    [InlineData("  ")]
    [InlineData("a\0b")]
    public void What_is_no_value_is_refused_without_being_repeated(string value)
        => Assert.Equal("secret.value", Assert.Throws<CairnException>(() => SecretStore.In(_state.Path).Set("a", value)).Code);

    [Fact]
    public void The_store_goes_before_a_file_that_was_put_there_by_hand()
    {
        _state.Write("secrets/a", "by hand");
        var settings = new WorkspaceSettings(_state["secrets"], store: SecretStore.In(_state.Path));
        Assert.Equal("by hand", settings.FindSecret("a"));
        SecretStore.In(_state.Path).Set("a", Key);
        Assert.Equal(Key, settings.FindSecret("a"));
    }

    public void Dispose() => _state.Dispose();
}
