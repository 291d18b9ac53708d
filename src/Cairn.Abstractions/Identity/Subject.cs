using System.Buffers;

namespace Cairn.Abstractions;

/// <summary>
/// The words an access rule may name: <c>public</c>, <c>everyone</c>, <c>group:NAME</c>, <c>user:NAME</c>, <c>role:NAME</c>.
/// </summary>
public static class Subject
{
    /// <summary>Anybody, visitors included.</summary>
    public const string Public = "public";

    /// <summary>Every signed-in user.</summary>
    public const string Everyone = "everyone";

    public static string ForUser(string name) => "user:" + name;

    public static string ForGroup(string name) => "group:" + name;

    public static string ForRole(string name) => "role:" + name;

    /// <summary>True when the word is one of the five forms with a non-empty name where one is needed.</summary>
    public static bool IsValid(string subject)
        => subject is Public or Everyone
           || Named(subject, "user:") || Named(subject, "group:") || Named(subject, "role:");

    /// <summary>Blanks, and the signs that join names in <see cref="AccessSet.Key"/>.</summary>
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" \t\r\n,!|");

    private static bool Named(string subject, string prefix)
        => subject.Length > prefix.Length && subject.StartsWith(prefix, StringComparison.Ordinal)
            && !subject.AsSpan(prefix.Length).ContainsAny(NotInNames);
}
