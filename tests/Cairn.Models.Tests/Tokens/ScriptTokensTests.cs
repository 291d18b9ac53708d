namespace Cairn.Models.Tests;

public sealed class ScriptTokensTests
{
    /// <summary>
    /// Counts of two published vocabularies, of 200,000 and 100,000 tokens; the estimate has to lie within a quarter of the span between
    /// them.
    /// </summary>
    [Theory]
    [InlineData("The river rises in the hills above the town and reaches the sea after two hundred kilometres; along its banks there are mills, gardens and a few old bridges that people still cross on foot every day.", 40, 40)]
    [InlineData("江河源于城镇上方的山丘，流经二百公里后入海；两岸有磨坊、花园和几座古桥，人们至今每天步行通过。", 43, 60)]
    [InlineData("if (count > limit)\n{\n    throw new InvalidOperationException($\"Too many items: {count}\");\n}\nreturn items.Where(i => i.IsVisible).Select(i => i.Name).ToList();", 40, 37)]
    [InlineData("2026-11-21 1048576 3.14159 99.95 4071 8812 120034 77.5 6 19 20481 338", 41, 41)]
    [InlineData("Река берёт начало на холмах над городом и впадает в море через двести километров; на её берегах стоят мельницы, сады и несколько старых мостов.", 39, 71)]
    public void An_estimate_is_near_what_real_vocabularies_count(string text, int newer, int older)
        => Assert.InRange(ScriptTokens.Of(text), Math.Min(newer, older) * .75, Math.Max(newer, older) * 1.25);

    [Fact]
    public void Nothing_has_no_tokens() => Assert.Equal(0, ScriptTokens.Of(""));

    [Fact]
    public void More_text_never_has_fewer_tokens()
    {
        const string Text = "Words, 12345 and 河 — über\n\n  naïve 😀 code(x);";
        for (var length = 1; length < Text.Length; length++)
            Assert.True(ScriptTokens.Of(Text.AsSpan(0, length)) <= ScriptTokens.Of(Text.AsSpan(0, length + 1)));
    }
}
