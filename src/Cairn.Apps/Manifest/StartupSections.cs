using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>
/// The sections of <c>cairn.yaml</c> that hold from a server's start to its end: all but providers and routes. Each is one text that says
/// the same as the section, however that is laid out; what is empty is left out.
/// </summary>
internal static class StartupSections
{
    private const string Models = "models";

    /// <returns>By name, such as <c>sources</c> or <c>models.cache</c>.</returns>
    public static ImmutableSortedDictionary<string, string> Read(YamlNode? file)
        => Entries(file).SelectMany(Parts).Where(part => !IsEmpty(part.Value))
            .ToImmutableSortedDictionary(part => part.Name, part => Text(part.Value), StringComparer.Ordinal);

    private static IEnumerable<(string Name, YamlNode Value)> Parts(YamlEntry section)
        => section.Key.Value != Models
            ? [(section.Key.Value, section.Value)]
            : Entries(section.Value).Where(part => part.Key.Value is not ("providers" or "routes"))
                .Select(part => ($"{Models}.{part.Key.Value}", part.Value));

    private static ImmutableArray<YamlEntry> Entries(YamlNode? node) => node is YamlMapping mapping ? mapping.Entries : [];

    private static bool IsEmpty(YamlNode node)
        => node is YamlScalar { IsNull: true } or YamlMapping { Entries.IsEmpty: true } or YamlSequence { Items.IsEmpty: true };

    // A scalar has its length before it: no two different trees have the same text.
    private static string Text(YamlNode node) => node switch
    {
        YamlMapping mapping => $"{{{string.Concat(mapping.Entries.OrderBy(e => e.Key.Value, StringComparer.Ordinal)
            .Select(e => Text(e.Key) + Text(e.Value)))}}}",
        YamlSequence sequence => $"[{string.Concat(sequence.Items.Select(Text))}]",
        YamlScalar { IsNull: false } scalar => $"{scalar.Value.Length}:{scalar.Value}",
        _ => "~",
    };
}
