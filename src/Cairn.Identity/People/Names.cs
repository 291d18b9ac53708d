using System.Text.RegularExpressions;

namespace Cairn.Identity;

/// <summary>What users and groups may be called: words that an access rule can name (<c>user:ann</c>) without quoting.</summary>
internal static partial class Names
{
    public static string Check(string name, string what)
    {
        if (name is null || !Allowed().IsMatch(name))
        {
            throw new CairnException(ErrorKind.Input, $"{what}.name", $"`{Shown(name)}` can't be a {what}'s name.",
                "Use 1 to 64 letters, digits, and . _ @ + - inside, beginning with a letter or a digit: for example ann or ann@example.org");
        }
        return name;
    }

    private static string Shown(string? name) => name is { Length: > 64 } ? name[..64] + "…" : name ?? "";

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}._@+-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
