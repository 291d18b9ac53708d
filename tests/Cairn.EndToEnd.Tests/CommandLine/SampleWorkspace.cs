namespace Cairn.EndToEnd.Tests;

/// <summary>A fresh workspace in a temporary folder with a few papers and access rules; gone afterwards.</summary>
internal sealed class SampleWorkspace : IDisposable
{
    public SampleWorkspace(string? yaml = null)
    {
        Root = Path.Combine(Path.GetTempPath(), "cairn-e2e-" + Path.GetRandomFileName());
        Directory.CreateDirectory(Path.Combine(Root, "docs", "hr"));
        Directory.CreateDirectory(Path.Combine(Root, "apps"));
        File.WriteAllText(Path.Combine(Root, "cairn.yaml"), yaml ?? DefaultYaml);
        Write("docs/mooring.md", """
            # Mooring rules

            ## Booking

            Ships longer than 150 metres book a berth at least four days ahead. Smaller ships book one day ahead.

            ## Storms

            During a storm warning the harbour master may shorten the notice to twelve hours.
            """);
        Write("docs/cranes.txt",
            "The gantry crane at quay two lifts forty tonnes. Its brakes are inspected every ninety days by the workshop.\n");
        Write("docs/hr/salaries.md",
            "# Salary bands\n\nA crane operator earns between 41,000 and 52,000 euros a year. Shift leaders get a bonus of 3,500 euros.\n");
    }

    public const string DefaultYaml = """
        version: 1
        storage: sqlite
        sources:
          docs:
            kind: folder
            path: ./docs
            access:
              - { match: "hr/**", allow: [group:hr] }
              - { match: "**", allow: [everyone] }
        """;

    public string Root { get; }

    public void Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
