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
}
