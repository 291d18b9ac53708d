namespace Cairn.Knowledge.Tests;

public sealed class ReadableTextTests
{
    [Theory]
    [InlineData("Six months.", "Six months.")]
    [InlineData("  - Six  months", "Six months.")]
    [InlineData("3. Notify the\nharbour master", "Notify the harbour master.")]
    [InlineData("(b) the rent falls due", "the rent falls due.")]
    [InlineData("Class: 9 | Notice: 24 h", "Class: 9; Notice: 24 h.")]
    [InlineData("He said “stop.”", "He said “stop.”")]
    [InlineData("5.1 t is the limit", "5.1 t is the limit.")]
    [InlineData("- ", "-")]
    public void A_quote_becomes_a_sentence(string quote, string sentence) => Assert.Equal(sentence, ReadableText.Of(quote));
}
