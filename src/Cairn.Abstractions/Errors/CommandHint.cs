using System.Text.RegularExpressions;

namespace Cairn.Abstractions;

/// <summary>
/// Commands in texts for people are written <c>cairn VERB …</c>; here they become what this person types. The launcher of a clone says
/// so in <c>CAIRN_COMMAND</c> (<c>./cairn</c>); without it the command is on the path as <c>cairn</c>.
/// </summary>
public static partial class CommandHint
{
    /// <summary>What stands before the verb, as the launcher was called.</summary>
    public const string Variable = "CAIRN_COMMAND";

    private static readonly string? Called = Environment.GetEnvironmentVariable(Variable);

    /// <summary>The text with its commands as this process's user types them.</summary>
    public static string In(string text) => In(text, Called);

    /// <param name="called">How the launcher was called; null for the command on the path.</param>
    public static string In(string text, string? called)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.IsNullOrEmpty(called) || !text.Contains("cairn ", StringComparison.Ordinal)
            ? text
            : Command().Replace(text, _ => called);
    }

    /// <summary>Before one of the verbs: <c>cairn doctor</c>, not <c>cairn.yaml</c>, <c>.cairn</c> or the name in a sentence.</summary>
    [GeneratedRegex(@"(?<![\w./-])cairn(?= (?:up|init|ingest|search|ask|doctor|models|cost|trace|user|group|key|train|experiments|registry"
        + @"|predict|completion)\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
