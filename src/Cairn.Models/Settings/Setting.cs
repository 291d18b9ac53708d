using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Cairn.Models;

/// <summary>
/// A text of a file that may hold <c>${env:NAME}</c> and <c>${secret:NAME}</c>. It prints as it was written: the value behind a
/// reference is only ever returned by <see cref="Resolve"/>.
/// </summary>
public sealed partial record Setting(string Text)
{
    public bool HasReferences => Reference().IsMatch(Text);

    /// <summary>
    /// True when there is nothing beside references: such a text can stand in a file under Git although it means a secret.
    /// </summary>
    public bool IsOnlyReferences => HasReferences && string.IsNullOrWhiteSpace(Reference().Replace(Text, ""));

    /// <returns>null when something that it refers to is not there (see <see cref="Missing"/>).</returns>
    public string? Resolve(ISettings settings)
        => Missing(settings).IsEmpty ? Reference().Replace(Text, m => Find(settings, m)!) : null;

    /// <summary>What is not there, for people: <c>the environment variable OPENAI_API_KEY is not set</c>.</summary>
    public ImmutableArray<string> Missing(ISettings settings)
        =>
        [
            .. Reference().Matches(Text).Where(m => Find(settings, m) is null).Select(m => m.Groups[1].Value == "env"
                ? $"the environment variable {m.Groups[2].Value} is not set"
                : CommandHint.In($"the secret {m.Groups[2].Value} is not set (cairn models key set {m.Groups[2].Value})")).Distinct(),
        ];

    /// <summary>The first thing in the text that looks like a reference and is none; null when there is none.</summary>
    public string? FirstMalformed => Malformed().Match(Reference().Replace(Text, "")) is { Success: true } match ? match.Value : null;

    private static string? Find(ISettings settings, Match reference) => reference.Groups[1].Value == "env"
        ? settings.FindEnvironment(reference.Groups[2].Value)
        : settings.FindSecret(reference.Groups[2].Value);

    // A name has no slash and starts with a letter, so a secret's file cannot lie outside its folder.
    [GeneratedRegex(@"\$\{(env|secret):([A-Za-z_][A-Za-z0-9_.\-]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\$\{[^}]*\}?", RegexOptions.CultureInvariant)]
    private static partial Regex Malformed();
}
