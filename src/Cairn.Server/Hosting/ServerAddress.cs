using Cairn.Identity;

namespace Cairn.Server;

/// <summary>
/// Where browsers reach this server; known once it listens. It is noted in the workspace's state, so that a link made by a command while no
/// server runs leads to where the last one was.
/// </summary>
internal sealed class ServerAddress(CairnHostOptions options)
{
    private static readonly Uri Usual = new("http://127.0.0.1:7300/");

    private readonly string _note = Path.Combine(options.Workspace, ".cairn", "address");

    /// <summary>Null when only the socket listens.</summary>
    public Uri? Value { get; private set; }

    public void Set(Uri? address)
    {
        Value = address;
        if (address is not null)
            File.WriteAllText(_note, address.ToString());
    }

    /// <summary>The address that redeems a link.</summary>
    public Uri SignIn(SignInLink link) => new(Value ?? Noted() ?? Usual, $"sign-in/{link.Token}");

    private Uri? Noted() => File.Exists(_note) && Uri.TryCreate(File.ReadAllText(_note), UriKind.Absolute, out var noted) ? noted : null;
}
