namespace Cairn.Knowledge.Tests;

public sealed class ExtractiveAnswerEngineTests
{
    private const string Leave =
        "Parental leave\nEvery member of staff may take parental leave. It lasts sixteen weeks at full pay and can be split into two periods. "
        + "Tell your manager eight weeks before it begins. Payroll needs the birth certificate within a month.";

    [Fact]
    public async Task The_first_quote_is_the_sentence_that_answers_and_its_offsets_are_the_documents()
    {
        var result = await Asking.AskAsync("How many weeks of parental leave at full pay do staff get?",
            Asking.Passage(Leave, headings: "Parental leave", start: 4000));

        var first = result.Citations[0];
        Assert.Equal(AnswerStatus.Answered, result.Status);
        Assert.Equal("It lasts sixteen weeks at full pay and can be split into two periods.", first.Quote);
        Assert.Equal(4000 + Leave.IndexOf("It lasts", StringComparison.Ordinal), first.Start);
        Assert.Equal(first.Quote, Leave[(first.Start - 4000)..(first.End - 4000)]);
    }

    [Fact]
    public async Task A_table_row_is_one_quote_and_reads_as_a_sentence()
    {
        var table = "Berth | Length m | Depth m\nBerth: E1 | Length m: 320 | Depth m: 14.2\nBerth: E2 | Length m: 280 | Depth m: 12.0\nBerth: E3 | Length m: 210 | Depth m: 11.0";

        var result = await Asking.AskAsync("What is the depth at berth E2?", Asking.Passage(table));

        Assert.Equal("Berth: E2 | Length m: 280 | Depth m: 12.0", result.Citations[0].Quote);
        Assert.StartsWith("Berth: E2; Length m: 280; Depth m: 12.0.", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_item_loses_its_marker_in_the_answer_but_not_in_the_quote()
    {
        var result = await Asking.AskAsync(
            "What deposit do visitors pay for a gate card?",
            Asking.Passage("At the gate\n- Show your passport.\n- Visitors pay a deposit of €20 for the gate card\n- Wear the vest."));

        Assert.Equal("- Visitors pay a deposit of €20 for the gate card", result.Citations[0].Quote);
        Assert.StartsWith("Visitors pay a deposit of €20 for the gate card.", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_in_a_document_is_not_quoted_as_an_answer()
    {
        var result = await Asking.AskAsync(
            "Can I park my car at the terminal overnight?",
            Asking.Passage(
                "Can I park my car at the terminal overnight?\nYes, in car park P2 for up to three nights.\nIs there a shower?\nYes, in building 4."));

        Assert.All(result.Citations, c => Assert.DoesNotContain('?', c.Quote));
        Assert.Equal("Yes, in car park P2 for up to three nights.", result.Citations[0].Quote);
    }

    [Fact]
    public async Task A_heading_gives_context_and_is_not_quoted()
    {
        var result = await Asking.AskAsync("What is the notice period for the crane lease?",
            Asking.Passage("Notice period\nSix months to the end of a quarter.", title: "Crane lease", headings: "Notice period"));

        Assert.Equal("Six months to the end of a quarter.", Assert.Single(result.Citations).Quote);
    }

    [Fact]
    public async Task What_supersedes_is_preferred_to_what_is_superseded_wherever_it_ranks()
    {
        var old = Asking.Passage("Hotel rooms in Hamburg may cost up to €190 per night.", path: "travel-2023.md", superseded: true);
        var current = Asking.Passage("Hotel rooms in Hamburg may cost up to €225 per night.", path: "travel-2025.md", id: 2);

        var result = await Asking.AskAsync("What may a hotel room in Hamburg cost per night?", old, current);

        Assert.Equal("travel-2025.md", result.Citations[0].Path);
        Assert.False(result.Citations[0].Superseded);
    }

    [Fact]
    public async Task The_same_statement_is_cited_once()
    {
        var passages = Enumerable.Range(1, 4)
            .Select(i => Asking.Passage("The pilot boards at buoy N3, two miles off the breakwater.", path: $"copy-{Asking.Number(i)}.md",
                id: i)).ToList();

        var result = await Asking.AskAsync("Where does the pilot board?", passages);

        Assert.Single(result.Citations);
    }

    [Fact]
    public async Task A_question_that_nothing_answers_is_missing_and_the_notice_names_what_the_nearest_passage_lacks()
    {
        var result = await Asking.AskAsync(
            "Which vaccinations does the company doctor recommend for Ghana?",
            Asking.Passage("The doctor is in building 2 on Tuesdays. Bring your card.", path: "hr/doctor.md"),
            Asking.Passage("Recommended restaurants are listed on the intranet.", path: "canteen.md", id: 2));

        Assert.Equal(AnswerStatus.Missing, result.Status);
        Assert.Empty(result.Citations);
        Assert.Equal("The nearest passage (hr/doctor.md) does not mention \"vaccinations\", \"company\", \"Ghana\", \"recommend\".",
            Assert.Single(result.Notices));
        Assert.InRange(result.Confidence, 0, ShippedGroundingModel.Value.OperatingPoint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("Where is it?")]
    public async Task Without_evidence_an_answer_is_missing(string question)
    {
        var result = await Asking.AskAsync(question);

        Assert.Equal(AnswerStatus.Missing, result.Status);
        Assert.Equal(0, result.Confidence);
    }

    [Fact]
    public async Task German_questions_find_German_sentences()
    {
        var result = await Asking.AskAsync(
            "Wie viele Tage Urlaub haben Mitarbeiter im Jahr?",
            Asking.Passage(
                "Der Urlaub wird im Portal beantragt. Mitarbeiter haben im Jahr 28 Tage Urlaub. Resturlaub verfällt am 31. März."));

        Assert.Equal("Mitarbeiter haben im Jahr 28 Tage Urlaub.", result.Citations[0].Quote);
    }

    [Fact]
    public async Task Every_quote_is_exactly_the_text_at_its_offsets_and_every_sentence_has_one()
    {
        var random = new Random(7);
        string[] words =
        [
            "berth", "crane", "€40", "E3", "the", "of", "must", "wind 22 m/s", "pilot", "“closed”", "No. 4", "z.B.", "ship", "tug", "2026",
            "Ärger", "\U0001F6A2", "fee",
        ];
        string[] ends = [". ", ".\n", "\n", "? ", " | ", "\n- ", "; ", "…\n\n", ") "];
        for (var round = 0; round < 300; round++)
        {
            var document = string.Concat(Enumerable.Range(0, random.Next(5, 160))
                .Select(_ => words[random.Next(words.Length)] + (random.Next(6) == 0 ? ends[random.Next(ends.Length)] : " ")));
            var cuts = Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(document.Length)).Append(0).Append(document.Length)
                .Distinct().Order().ToList();
            var passages = cuts.Zip(cuts.Skip(1)).Select((c, i) => Asking.Passage(document[c.First..c.Second], start: c.First, id: i + 1))
                .ToList();

            var result = await Asking.AskAsync(
                $"How {words[random.Next(words.Length)]} {words[random.Next(words.Length)]} pilot {words[random.Next(words.Length)]} crane?", passages);

            Assert.Equal(result.Citations.Length, result.Sentences.Length);
            Assert.InRange(result.Citations.Length, result.Status == AnswerStatus.Answered ? 1 : 0, 3);
            Assert.Equal(Enumerable.Range(1, result.Citations.Length), result.Citations.Select(c => c.N));
            Assert.All(result.Citations, c => Assert.Equal(c.Quote, document[c.Start..c.End]));
            Assert.All(result.Sentences, s => Assert.True(s.End > s.Start && s.End <= result.Text.Length && s.Citations is [_]));
        }
    }
}
