using Cairn.Sandbox;

namespace Cairn.Knowledge.Tests;

public sealed class PdfParserTests
{
    [Fact]
    public async Task Every_word_has_its_place_in_the_text_and_on_the_page()
    {
        var document = await ParseAsync(new PdfFile().Page().Text(50, 100, "The pilot boards at buoy 7.").Page()
            .Text(70, 200, "Second page."));
        Assert.Equal("The pilot boards at buoy 7.\n\nSecond page.", document.Text);
        Assert.Equal(["The", "pilot", "boards", "at", "buoy", "7.", "Second", "page."],
            document.Words.Select(w => document.Text[w.Start..w.End]));
        var second = document.Words[6];
        Assert.Equal(2, second.Page);
        Assert.InRange(second.X, 69, 71);
        Assert.InRange(second.Y, 185, 200);
        Assert.Equal([(1, 0, 29), (2, 29, 41)], document.Pages.Select(p => (p.Number, p.Start, p.End)));
        Assert.Equal(595, document.Pages[0].Width, 1);
    }

    [Fact]
    public async Task Two_columns_are_read_one_after_the_other()
    {
        var file = new PdfFile().Page().Text(50, 60, "A title over both columns of the page", 18);
        for (var i = 0; i < 8; i++)
            file.Text(50, 120 + (13 * i), $"left line {i} goes on and on until here")
                .Text(310, 120 + (13 * i), $"right line {i} goes on and on until here");
        var document = await ParseAsync(file);
        Assert.Equal("Heading1 A title over both columns of the page", document.Outline()[0]);
        Assert.True(document.Text.IndexOf("left line 7") < document.Text.IndexOf("right line 0"), document.Text);
    }

    [Fact]
    public async Task Words_broken_at_line_ends_are_put_together_unless_the_hyphen_belongs_to_them()
    {
        var document = await ParseAsync(new PdfFile().Page()
            .Text(50, 100, "The long-term contract covers every moor-")
            .Text(50, 113, "ing in the harbour, and is of a long-")
            .Text(50, 126, "term nature, with loading of Reefer- ")
            .Text(50, 139, "und Trockencontainern as usual here."));
        Assert.Equal(
            "The long-term contract covers every mooring in the harbour, and is of a long-term nature, with loading of Reefer- und Trockencontainern as usual here.", document.Text);
        Assert.Equal(["moor", "ing"],
            document.Words.Where(w => w.Start >= document.Text.IndexOf("mooring") && w.End <= document.Text.IndexOf("mooring") + 7)
                .Select(w => document.Text[w.Start..w.End]));
    }

    [Fact]
    public async Task What_repeats_at_the_edges_of_pages_is_left_out()
    {
        var file = new PdfFile();
        for (var i = 1; i <= 3; i++)
            file.Page().Text(50, 30, "Northmoor tariff").Text(50, 200, $"Content of chapter {"ABC"[i - 1]}.")
                .Text(280, 820, $"Page {i} of 3");
        Assert.Equal("Content of chapter A.\n\nContent of chapter B.\n\nContent of chapter C.", (await ParseAsync(file)).Text);
    }

    [Fact]
    public async Task Rows_of_a_table_name_their_columns()
    {
        var file = new PdfFile().Page()
            .Text(50, 80, "Charges of the harbour for ships, in euro and without value added tax, from January on.");
        string[][] rows =
        [
            ["Item", "Basis", "2026"], ["Tug Sallow Prince", "hour", "725.00"], ["Pilot boat", "call", "310.00"],
            ["Mooring", "call", "95.50"],
        ];
        for (var r = 0; r < rows.Length; r++)
            file.Text(50, 110 + (18 * r), rows[r][0]).Text(260, 110 + (18 * r), rows[r][1]).Text(400, 110 + (18 * r), rows[r][2]);
        Assert.Equal(
            ["TableHeader Item | Basis | 2026", "TableRow Item: Tug Sallow Prince | Basis: hour | 2026: 725.00",
                "TableRow Item: Pilot boat | Basis: call | 2026: 310.00", "TableRow Item: Mooring | Basis: call | 2026: 95.50"],
            (await ParseAsync(file)).Outline()[1..]);
    }

    [Fact]
    public async Task Wrapped_cells_stay_in_their_row_also_in_the_last_one()
    {
        var file = new PdfFile().Page();
        (double Y, string[] Cells)[] rows =
        [
            (100, ["", "C1", "C2"]), (120, ["Built", "2008", "2017"]), (140, ["Outreach from the", "44 m", "38 m"]),
            (151, ["waterside rail"]), (171, ["Tie-down", "yes", "no"]), (182, ["turnbuckle"]),
        ];
        foreach (var (y, cells) in rows)
        {
            for (var c = 0; c < cells.Length; c++)
                file.Text(50 + (180 * c), y, cells[c]);
        }
        Assert.Equal(
            ["TableHeader C1 | C2", "TableRow Built | C1: 2008 | C2: 2017",
                "TableRow Outreach from the waterside rail | C1: 44 m | C2: 38 m", "TableRow Tie-down turnbuckle | C1: yes | C2: no"],
            (await ParseAsync(file)).Outline());
    }

    [Fact]
    public async Task A_page_without_text_is_noticed_and_a_file_without_text_refused()
    {
        var document = await ParseAsync(new PdfFile().Page().Text(50, 100, "Text.").Page());
        Assert.Equal(["page 2 has no text layer"], document.Notices);
        var error = await Assert.ThrowsAsync<UnreadableFileException>(() => ParseAsync(new PdfFile().Page()));
        Assert.Equal("pdf.no_text_layer", error.Code);
        Assert.Equal("no text layer: OCR is not available yet", error.Message);
    }

    private static async Task<ParsedDocument> ParseAsync(PdfFile pdf)
    {
        if (ProgramPath.Find("pdftotext") is null)
            Assert.Skip("pdftotext is not installed");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, pdf.Bytes());
            var document = await PdfParser.ParseAsync(file, default);
            Parsed.Holds(document);
            return document;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
