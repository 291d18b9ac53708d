namespace Cairn.Abstractions.Tests;

public sealed class IdentifiersTests
{
    [Fact]
    public void Identifiers_have_26_characters_sort_by_time_and_differ()
    {
        var time = new Clock();
        var identifiers = new Identifiers(time);
        var made = new List<string>();
        for (var i = 0; i < 200; i++)
        {
            made.Add(identifiers.New());
            time.Now = time.Now.AddMilliseconds(1);
        }
        Assert.All(made, id => Assert.Matches("^[0-9a-hjkmnp-tv-z]{26}$", id));
        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.Equal(made.Count, made.Distinct().Count());
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(56);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
