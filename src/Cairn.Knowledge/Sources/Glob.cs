using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Knowledge;

/// <summary>
/// A path pattern: <c>**</c> any number of folders, <c>*</c> and <c>?</c> within one name, <c>{a,b}</c> alternatives, <c>\</c> takes the
/// next character as it is. It matches whole paths with forward slashes, case-sensitively; <c>hr/**</c> is everything below <c>hr</c>.
/// </summary>
internal sealed class Glob
{
    private readonly Regex _regex;

    public Glob(string pattern)
    {
        Pattern = pattern;
        _regex = new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    public string Pattern { get; }

    public bool Matches(string path) => Pattern == "**" || _regex.IsMatch(path);

    /// <summary>A pattern that matches exactly this text.</summary>
    public static string Escape(string path)
    {
        var escaped = new StringBuilder(path.Length);
        foreach (var c in path)
        {
            if (c is '*' or '?' or '{' or '}' or ',' or '\\')
                escaped.Append('\\');
            escaped.Append(c);
        }
        return escaped.ToString();
    }

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        var depth = 0;
        for (var i = pattern.StartsWith("./", StringComparison.Ordinal) ? 2 : 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    var slash = i + 2 < pattern.Length && pattern[i + 2] == '/';
                    regex.Append(slash ? "(?:.*/)?" : ".*");
                    i += slash ? 2 : 1;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '{':
                    depth++;
                    regex.Append("(?:");
                    break;
                case '}' when depth > 0:
                    depth--;
                    regex.Append(')');
                    break;
                case ',' when depth > 0:
                    regex.Append('|');
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    regex.Append(pattern[i] is '}' ? @"\}" : Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }
        for (; depth > 0; depth--)
            regex.Append(')');
        return regex.Append(@"\z").ToString();
    }
}
