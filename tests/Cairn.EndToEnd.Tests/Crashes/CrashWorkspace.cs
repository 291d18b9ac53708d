using System.Globalization;
using System.Text;

namespace Cairn.EndToEnd.Tests;

/// <summary>
/// A workspace with sixty generated papers in four formats (HTML goes through an isolated parser), the same for the same seed.
/// </summary>
internal static class CrashWorkspace
{
    public const int Papers = 60;

    public static readonly string[] Queries =
    [
        "anchor winch", "tug berth", "crane brakes inspection", "storm warning", "gate seven", "invoice weekly", "pilot",
        "reefer container temperature", "salary", "quay depth metres",
    ];

    private static readonly string[] Words =
    [
        "anchor", "winch", "tug", "berth", "crane", "brakes", "inspection", "storm", "warning", "gate", "invoice", "weekly", "pilot",
        "reefer", "container", "temperature",
        "salary", "quay", "depth", "metres", "seven", "before", "under", "the", "every", "harbour", "master", "reports", "checks", "orders",
    ];

    private const string Yaml = """
        version: 1
        storage: sqlite
        sources:
          docs:
            kind: folder
            path: ./papers
            watch: true
            access:
              - { match: "closed/**", allow: [group:hr] }
              - { match: "**", allow: [everyone] }
        """;

    public static SampleWorkspace Make(int seed)
    {
        var workspace = new SampleWorkspace(Yaml);
        var random = new Random(seed);
        for (var i = 0; i < Papers; i++)
        {
            var folder = i % 5 == 0 ? "closed" : "open";
            var name = string.Create(CultureInfo.InvariantCulture, $"papers/{folder}/paper-{i:00}");
            var (extension, text) = (i % 4) switch
            {
                0 => (".md", $"# {Sentence(random)}\n\n"
                    + string.Join("\n\n", Enumerable.Range(0, 8).Select(s => $"## {Sentence(random)}\n\n{Paragraph(random)}"))),
                1 => (".txt", string.Join("\n\n", Enumerable.Range(0, 8).Select(_ => Paragraph(random)))),
                2 => (".csv", "place,rule\n"
                    + string.Join("\n", Enumerable.Range(0, 40)
                        .Select(r => string.Create(CultureInfo.InvariantCulture, $"place {r},{Sentence(random)}")))),
                _ => (".html", $"<html><body><h1>{Sentence(random)}</h1>"
                    + string.Concat(Enumerable.Range(0, 8).Select(_ => $"<p>{Paragraph(random)}</p>")) + "</body></html>"),
            };
            workspace.Write(name + extension, text + "\n");
        }
        return workspace;
    }

    private static string Paragraph(Random random) => string.Join(' ', Enumerable.Range(0, 6).Select(_ => Sentence(random)));

    private static string Sentence(Random random)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 9; i++)
            text.Append(i == 0 ? "" : " ").Append(Words[random.Next(Words.Length)]);
        text[0] = char.ToUpperInvariant(text[0]);
        return text.Append('.').ToString();
    }
}
