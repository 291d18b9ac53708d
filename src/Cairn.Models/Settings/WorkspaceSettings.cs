namespace Cairn.Models;

/// <summary>
/// Environment variables of the process, the encrypted store, and after it one plain file per secret in a folder that Git ignores (as
/// container platforms mount them).
/// </summary>
public sealed class WorkspaceSettings(string secretsFolder, Func<string, string?>? environment = null, ISecretStore? store = null)
    : ISettings
{
    private readonly Func<string, string?> _environment = environment ?? Environment.GetEnvironmentVariable;

    public string? FindEnvironment(string name) => NullWhenEmpty(_environment(name));

    public string? FindSecret(string name)
    {
        if (store?.Find(name) is { } stored)
            return stored;
        var file = Path.Combine(secretsFolder, name);
        return File.Exists(file) ? NullWhenEmpty(File.ReadAllText(file)) : null;
    }

    private static string? NullWhenEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
