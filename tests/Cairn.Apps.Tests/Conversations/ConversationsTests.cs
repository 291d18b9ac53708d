using Cairn.Models;
using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Apps.Tests;

public sealed class ConversationsTests
{
    private const string Question = "How long before arrival does a ship over 150 m book a berth?";

    [Theory, Engines]
    public async Task A_saved_turn_is_read_back_as_it_was(DatabaseEngine engine)
    {
        await using var harbour = await Harbour.OpenAsync(engine, new ScriptTurn { Reply = "Ships over 150 m book four days ahead [1]." });
        var done = await AskAsync(harbour);
        var (conversation, messages) = await harbour.Conversations.GetAsync(Harbour.Ann, done.Conversation!, CancellationToken.None);
        Assert.Equal(Question, conversation.Title);
        Assert.Equal(["user", "assistant"], messages.Select(m => m.Role));
        Assert.Equal(done.Message, messages[1].Id);
        Assert.Equal(done.Answer.Citations,
            messages[1].Answer!.Citations.Select((c, i) => c with { Boxes = done.Answer.Citations[i].Boxes }));
        Assert.Equal(done.Answer.Text, messages[1].Answer!.Text);
        Assert.Equal([1], messages[1].Answer!.Sentences[0].Citations);
    }

    [Theory, Engines]
    public async Task Turns_stay_in_order_and_the_list_shows_the_newest_first(DatabaseEngine engine)
    {
        await using var harbour = await Harbour.OpenAsync(engine);
        var first = await AskAsync(harbour, "One berth?");
        harbour.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await AskAsync(harbour, "Two berths?");
        harbour.Time.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(harbour, "Three berths?", first.Conversation);
        var list = await harbour.Conversations.ListAsync(Harbour.Ann, 10, CancellationToken.None);
        Assert.Equal([first.Conversation, second.Conversation], list.Select(c => c.Id));
        var (_, messages) = await harbour.Conversations.GetAsync(Harbour.Ann, first.Conversation!, CancellationToken.None);
        Assert.Equal(["One berth?", "Three berths?"], messages.Where(m => m.Role == "user").Select(m => m.Text));
    }

    [Theory, Engines]
    public async Task Nobody_else_s_conversation_is_visible_not_even_to_the_owner(DatabaseEngine engine)
    {
        await using var harbour = await Harbour.OpenAsync(engine);
        var id = (await AskAsync(harbour)).Conversation!;
        foreach (var other in new[] { Harbour.Ben, Harbour.Owner, Harbour.Ann with { Tenant = "other" } })
        {
            Assert.Empty(await harbour.Conversations.ListAsync(other, 10, CancellationToken.None));
            Assert.Equal("conversation.unknown", await CodeAsync(() => harbour.Conversations.GetAsync(other, id, CancellationToken.None)));
            Assert.Equal("conversation.unknown",
                await CodeAsync(() => harbour.Conversations.RemoveAsync(other, id, CancellationToken.None)));
            Assert.Equal("conversation.unknown", await CodeAsync(() => harbour.EventsAsync("And then?", other, conversation: id)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_made_of_a_document_that_its_reader_lost_is_withheld(bool model)
    {
        await using var harbour = await Harbour.OpenAsync(model
            ? [new ScriptTurn { Reply = "Ships over 150 m book four days ahead [1]." }]
            : []);
        var id = (await AskAsync(harbour)).Conversation!;
        harbour.Documents.Lost.Add("mooring");
        var (_, messages) = await harbour.Conversations.GetAsync(Harbour.Ann, id, CancellationToken.None);
        var answer = messages[1].Answer!;
        Assert.Equal(ConversationRights.Withheld, messages[1].Text);
        Assert.Equal((ConversationRights.Withheld, 0, 0), (answer.Text, answer.Citations.Length, answer.Sentences.Length));
        Assert.Equal(Question, messages[0].Text);
    }

    [Fact]
    public async Task What_was_withheld_does_not_come_back_as_history()
    {
        await using var harbour = await Harbour.OpenAsync();
        var id = (await AskAsync(harbour)).Conversation!;
        harbour.Documents.Lost.Add("mooring");
        await AskAsync(harbour, "And then?", id);
        Assert.DoesNotContain(harbour.Floor.Tasks[1].History, t => t.Text.Contains("four days", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_s_answer_is_withheld_also_when_it_only_read_the_lost_document()
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Reply = "Ships over 150 m book four days ahead [1]." });
        var id = (await AskAsync(harbour)).Conversation!;
        harbour.Documents.Lost.Add("tariff");
        var (_, messages) = await harbour.Conversations.GetAsync(Harbour.Ann, id, CancellationToken.None);
        Assert.Equal(ConversationRights.Withheld, messages[1].Text);
    }

    [Fact]
    public async Task A_model_s_answer_is_withheld_also_when_an_earlier_turn_had_read_the_lost_document()
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Reply = "Ships over 150 m book four days ahead [1]." });
        var id = (await AskAsync(harbour)).Conversation!;
        harbour.Retriever.Evidence = Papers.Retrieval(Papers.Passage("mooring", Papers.Mooring, start: 100, title: "Mooring rules"));
        await AskAsync(harbour, "And then?", id);
        harbour.Documents.Lost.Add("tariff");
        var (_, messages) = await harbour.Conversations.GetAsync(Harbour.Ann, id, CancellationToken.None);
        Assert.Equal([ConversationRights.Withheld, ConversationRights.Withheld],
            messages.Where(m => m.Role == "assistant").Select(m => m.Text));
    }

    [Fact]
    public async Task What_was_said_of_a_near_passage_is_withheld_with_its_document()
    {
        await using var harbour = await Harbour.OpenAsync();
        harbour.Floor.Finds = false;
        var id = (await AskAsync(harbour)).Conversation!;
        harbour.Documents.Lost.Add("tariff");
        var (_, messages) = await harbour.Conversations.GetAsync(Harbour.Ann, id, CancellationToken.None);
        Assert.Empty(messages[1].Answer!.Notices);
    }

    [Theory, Engines]
    public async Task What_a_saved_answer_cites_is_known_for_its_owner_only(DatabaseEngine engine)
    {
        await using var harbour = await Harbour.OpenAsync(engine);
        await AskAsync(harbour);
        await AskAsync(harbour, "And again, which berth?");
        Assert.True(await harbour.Cited.WasCitedToAsync(Harbour.Ann, "mooring", CancellationToken.None));
        Assert.False(await harbour.Cited.WasCitedToAsync(Harbour.Ann, "tariff", CancellationToken.None));
        Assert.False(await harbour.Cited.WasCitedToAsync(Harbour.Ben, "mooring", CancellationToken.None));
        Assert.False(await harbour.Cited.WasCitedToAsync(Principal.Visitor("t"), "mooring", CancellationToken.None));
    }

    [Theory, Engines]
    public async Task A_conversation_can_be_renamed_removed_and_brought_back(DatabaseEngine engine)
    {
        await using var harbour = await Harbour.OpenAsync(engine);
        var id = (await AskAsync(harbour)).Conversation!;
        await harbour.Conversations.RenameAsync(Harbour.Ann, id, " Berths ", CancellationToken.None);
        await harbour.Conversations.RemoveAsync(Harbour.Ann, id, CancellationToken.None);
        Assert.Empty(await harbour.Conversations.ListAsync(Harbour.Ann, 10, CancellationToken.None));
        Assert.Equal("conversation.unknown", await CodeAsync(() => AskAsync(harbour, "And then?", id)));
        await harbour.Conversations.RestoreAsync(Harbour.Ann, id, CancellationToken.None);
        Assert.Equal("Berths", Assert.Single(await harbour.Conversations.ListAsync(Harbour.Ann, 10, CancellationToken.None)).Title);
        Assert.Equal("conversation.title",
            await CodeAsync(() => harbour.Conversations.RenameAsync(Harbour.Ann, id, " ", CancellationToken.None)));
    }

    private static async Task<AnswerDone> AskAsync(Harbour harbour, string question = Question, string? conversation = null)
        => (AnswerDone)(await harbour.EventsAsync(question, conversation: conversation, save: true))[^1];

    private static async Task<string> CodeAsync(Func<Task> act) => (await Assert.ThrowsAsync<CairnException>(act)).Code;
}
