namespace Cairn.Models.Tests;

public sealed class EventScanTests
{
    [Theory]
    [InlineData("event: error\ndata: {\"type\": \"error\", \"error\": {\"type\": \"overloaded_error\"}}\n\n", true)]
    [InlineData("data: {\"error\":{\"message\":\"x\"}}\n\n", true)]
    [InlineData("data: {\"error\":null,\"choices\":[]}\n\n", false)]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"\\\"error\\\": {\"}}]}\n\n", false)]
    public void An_error_is_told_from_a_word(string text, bool expected)
    {
        var scan = default(EventScan);
        scan.Pass(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, scan.Failed);
    }

    [Theory]
    [InlineData(
        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n",
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n",
        "data: [DONE]\n\n")]
    [InlineData(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":3}}}\n\n",
        ": ping\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n")]
    [InlineData(
        "data: {\"type\":\"response.output_text.delta\",\"delta\":\"a\"}\n\n",
        "data: {\"type\":\"response.completed\",\"response\":{\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}}\n\n")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", "data: {\"error\":{\"message\":\"x\"}}\n\n")]
    [InlineData(
        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\": {\"}}]}\n\n")]
    public void A_look_at_all_events_of_a_piece_misses_nothing_that_one_at_each_would_find(params string[] events)
    {
        var (each, all) = (default(EventScan), default(EventScan));
        var marks = EventScan.MarksIn(System.Text.Encoding.UTF8.GetBytes(string.Concat(events)));
        foreach (var one in events.Select(System.Text.Encoding.UTF8.GetBytes))
        {
            Assert.Equal(each.Pass(one), all.Pass(one, marks));
            Assert.Equal((each.Finished, each.Failed), (all.Finished, all.Failed));
            Assert.Equal((each.Usage, each.OutputAtMost), (all.Usage, all.OutputAtMost));
        }
    }

    [Fact]
    public void Words_alone_carry_no_marks()
    {
        var words = "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"error\\\" \\\"usage\\\"\"}}]}\n\n"u8;
        Assert.Equal(EventMarks.None, EventScan.MarksIn(words));
    }
}
