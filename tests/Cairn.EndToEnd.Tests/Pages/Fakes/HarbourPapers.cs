using System.Collections.Immutable;
using Cairn.Knowledge;

namespace Cairn.EndToEnd.Tests;

/// <summary>A few papers of the sample harbour, with the structure and geometry that their parsers would find.</summary>
internal static class HarbourPapers
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 30, 0, TimeSpan.Zero);

    public const string MooringText = """
        MR-2026 Mooring and berthing rules
        In force from 1 February 2026, 00:01. MR-2024 is withdrawn. The reasons are in the report on the parted line of October 2025 (INC-2025-031).
        3 Lines
        Ships under 100 m: two head, two stern, two springs.
        From 100 m: three head, three stern, two springs each way.
        5 People
        Five persons for ships to 120 m, seven above, one of them the watcher, who handles nothing.
        6 Wind
        Mooring and unmooring stop at gusts of 22 m/s. A tug is compulsory from a mean of 12 m/s for ships with more than 2,500 m² of lateral wind area, and for every ship on R2.
        Berth | Length m | Largest ship m
        E1 | 340 | 310
        E2 | 220 | 190
        R2 | 150 | 130
        9 Form
        M-3: dispensation / ship / berth / date
        """;

    public static readonly DocumentSummary Mooring = Paper("mooring", "harbour", "policies/mooring-rules-2026.md",
        "Mooring and berthing rules MR-2026", "markdown", 14) with { Version = 2 };
    public static readonly DocumentSummary OldMooring = Paper("mooring24", "harbour", "policies/mooring-rules-2024.md",
        "Mooring and berthing rules MR-2024", "markdown", 12) with { SupersededBy = "mooring", Changed = Now.AddYears(-2) };
    public static readonly DocumentSummary Tariff =
        Paper("tariff", "harbour", "prices/tariff-2026.pdf", "Tariff 2026", "pdf", 31) with { Pages = 3, Bytes = 46353 };
    public static readonly DocumentSummary German = Paper("kuehl", "harbour", "manuals/kuehlcontainer-kurzanleitung.md",
        "Kühlcontainer: Kurzanleitung für die Kühlcontainerstromanschlussüberwachungsbeauftragten", "markdown", 9);
    public static readonly DocumentSummary Endless = Paper("endless", "harbour",
        "operations/" + new string('x', 90) + "-Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.txt",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochllanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "text", 2);
    public static readonly DocumentSummary Scan = Paper("scan", "harbour", "operations/crane-c2-examination-2026-scan.pdf",
        "crane-c2-examination-2026-scan.pdf", "pdf", 0) with
    {
        Version = 0, Status = DocumentStatus.Failed,
        Failure = "No page has a text layer: this is a scan, and text recognition is not there yet.",
    };

    public static readonly DocumentSummary Salaries = Paper("salaries", "harbour", "hr/salary-bands-2026.md", "Salary bands 2026",
        "markdown", 7) with { Access = new AccessSet { Layers = [new AccessList { Allow = [Subject.ForGroup("hr")] }] } };

    public static ImmutableArray<DocumentSummary> All { get; } =
    [
        Mooring, OldMooring, Tariff, German, Endless, Scan, Salaries,
        .. Enumerable.Range(1, 47)
            .Select(i => Paper($"shift{i:00}", "harbour", $"operations/shift-report-2026-05-{i:00}-night.txt", $"Shift report of night {i}",
                "text", 3)),
    ];

    public static DocumentText Text(DocumentSummary document, int version) => document.Id switch
    {
        "mooring" => new DocumentText
        {
            Document = document.Id,
            Version = version,
            Title = document.Title,
            Path = document.Path,
            Text = MooringText,
            Blocks = MooringBlocks,
        },
        "tariff" => new DocumentText
        {
            Document = document.Id, Version = version, Title = document.Title, Path = document.Path, Text = TariffText,
            Blocks = [new Block(BlockKind.Heading, 0, 8, 1, 1), new Block(BlockKind.Paragraph, 9, TariffText.Length, 0, 1)],
            Pages = [new PageSize(1, 595.276, 841.89, 0, TariffText.Length),
                new PageSize(2, 595.276, 841.89, TariffText.Length, TariffText.Length),
                new PageSize(3, 595.276, 841.89, TariffText.Length, TariffText.Length)],
        },
        _ => new DocumentText
        {
            Document = document.Id,
            Version = version,
            Title = document.Title,
            Path = document.Path,
            Text = $"{document.Title}\n\nThe night was calm. Nothing to report.",
        },
    };

    public const string TariffText = "Tariff 1\nCharges of Northmoor Harbour Logistics from 1 January 2026. Supersedes the Port and Terminal Tariff 2025.\n\nAll charges are in euro, without value added tax, and apply to everyone who has no contract saying something else.";

    /// <summary>Where the first sentence of the tariff stands on its first page.</summary>
    public static ImmutableArray<Box> TariffBoxes { get; } = [new Box(1, 56, 99, 277, 11)];

    public static Citation Cite(int n, DocumentSummary document, string text, string quote, string headings, int? page = null)
    {
        var start = text.IndexOf(quote, StringComparison.Ordinal);
        Assert.True(start >= 0, $"The paper does not hold: {quote}");
        return new Citation
        {
            N = n, Document = document.Id, Version = document.Version, Source = document.Source, Path = document.Path,
            Title = document.Title, HeadingPath = headings, Page = page,
            Start = start, End = start + quote.Length, Quote = quote, Boxes = page is null ? [] : TariffBoxes, Changed = document.Changed,
            Superseded = document.SupersededBy is not null,
        };
    }

    private static ImmutableArray<Block> MooringBlocks { get; } = MakeBlocks();

    private static ImmutableArray<Block> MakeBlocks()
    {
        var blocks = ImmutableArray.CreateBuilder<Block>();
        var at = 0;
        var table = false;
        foreach (var line in MooringText.Split('\n'))
        {
            var isRow = line.Contains(" | ", StringComparison.Ordinal);
            var kind = isRow ? table ? BlockKind.TableRow : BlockKind.TableHeader
                : at == 0 || (char.IsDigit(line[0]) && line.Length < 12) ? BlockKind.Heading
                : line.Contains("springs", StringComparison.Ordinal) ? BlockKind.ListItem
                : line.StartsWith("M-3", StringComparison.Ordinal) ? BlockKind.Code : BlockKind.Paragraph;
            table = isRow;
            blocks.Add(new Block(kind, at, at + line.Length,
                kind == BlockKind.Heading ? at == 0 ? 1 : 2 : kind == BlockKind.ListItem ? 1 : 0));
            at += line.Length + 1;
        }
        return blocks.ToImmutable();
    }

    private static DocumentSummary Paper(string id, string source, string path, string title, string format, int passages) => new()
    {
        Id = id, Source = source, Path = path, Title = title, Version = 1, Status = DocumentStatus.Ready, Format = format, Bytes = 5200,
        Passages = passages,
        Access = AccessSet.Everyone, Changed = Now.AddDays(-40),
    };
}
