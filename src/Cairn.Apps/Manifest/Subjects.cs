using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>Reads a list of subjects of access rules.</summary>
internal static class Subjects
{
    public static ImmutableArray<string> Read(Fields fields, string name, Problems problems)
    {
        var words = fields.Words(name);
        foreach (var word in words.Where(w => !Subject.IsValid(w.Value)))
        {
            var kind = word.Value.Split(':')[0];
            var rest = word.Value[kind.Length..];
            var near = Nearest.To(kind, rest.Length > 1 ? ["group", "user", "role"] : [Subject.Everyone, Subject.Public]);
            problems.Add(word, $"'{word.Value}' is nobody; write everyone, public, group:NAME, user:NAME or role:NAME",
                near is null ? null : near + rest);
        }
        return [.. words.Select(w => w.Value)];
    }
}
