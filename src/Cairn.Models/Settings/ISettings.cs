namespace Cairn.Models;

/// <summary>
/// Where references in a file are looked up, as late as possible: nothing is kept, so a changed key holds from the next use.
/// </summary>
public interface ISettings
{
    /// <summary>An environment variable; null when it is unset or empty.</summary>
    string? FindEnvironment(string name);

    /// <summary>The stored secret, else the content of the file <c>.cairn/secrets/NAME</c>, trimmed; null when there is none.</summary>
    string? FindSecret(string name);
}
