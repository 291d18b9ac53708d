using System.Text.RegularExpressions;

namespace Cairn.Models;

/// <summary>
/// A pattern of a schema. It runs in linear time where it can (no lookaround, no back reference); else under a time limit.
/// </summary>
internal sealed class SchemaPattern
{
    private const int LongestPattern = 10_000;
    private const int MostLinearRepetitions = 5_000;

    private readonly Regex _regex;

    /// <exception cref="FormatException">No pattern of ECMA-262 with the <c>u</c> flag; the message says where and why.</exception>
    public SchemaPattern(string source, TimeSpan timeLimit)
    {
        Source = source;
        if (source.Length > LongestPattern)
            throw new FormatException($"it is longer than {LongestPattern} characters");
        var translated = EcmaPattern.Translate(source);
        IsLinear = !translated.NeedsBacktracking && translated.Repetitions <= MostLinearRepetitions;
        var options = RegexOptions.CultureInvariant | (translated.HasBackReferences ? RegexOptions.None : RegexOptions.ExplicitCapture);
        try
        {
            _regex = IsLinear
                ? new Regex(translated.Pattern, options | RegexOptions.NonBacktracking)
                : new Regex(translated.Pattern, options, timeLimit);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public string Source { get; }

    public bool IsLinear { get; }

    /// <exception cref="JsonSchemaException">A pattern that cannot run in linear time ran into its limit (<c>schema.limit</c>).</exception>
    public bool IsMatch(ref Evaluation e, int at)
    {
        var text = e.Characters(at);
        e.Step(1 + (text.Length >> 5));
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new JsonSchemaException("schema.limit",
                $"The pattern {Source} took longer than {_regex.MatchTimeout.TotalMilliseconds:0} ms on one text.",
                "Write it without nested repetition, lookaround or back references.");
        }
    }
}
