namespace Cairn.Models.Tests;

public sealed class AskedQuestionsTests
{
    private static readonly CachedReply Reply = new("application/json", new byte[] { 1 }, "local/m", default);

    [Fact]
    public void The_nearest_within_the_distance_is_found_and_none_beyond_it()
    {
        var asked = new AskedQuestions(1 << 20);
        asked.Keep(Key(1), [1, 0], Key(11));
        asked.Keep(Key(1), [.8f, .6f], Key(12));
        ReplyKey? given = null;
        var found = asked.Find(Key(1), [.6f, .8f], .5, key => (given = key) is null ? null : Reply);
        Assert.Equal(Key(12), given);
        Assert.Equal(.04, found!.Value.Distance, 6);
        Assert.Null(asked.Find(Key(1), [0, 1], .3, _ => Reply));
    }

    [Fact]
    public void Scopes_never_meet_and_vectors_of_another_length_are_of_another_model()
    {
        var asked = new AskedQuestions(1 << 20);
        asked.Keep(Key(1), [1, 0], Key(11));
        Assert.Null(asked.Find(Key(2), [1, 0], 1, _ => Reply));
        Assert.Null(asked.Find(Key(1), [1, 0, 0], 1, _ => Reply));
        Assert.NotNull(asked.Find(Key(1), [1, 0], 0, _ => Reply));
    }

    [Fact]
    public void A_question_whose_reply_has_gone_is_forgotten_and_the_next_nearest_is_taken()
    {
        var asked = new AskedQuestions(1 << 20);
        asked.Keep(Key(1), [.8f, .6f], Key(11));
        var before = asked.Bytes;
        asked.Keep(Key(1), [1, 0], Key(12));
        Assert.Equal(.2, asked.Find(Key(1), [1, 0], .5, key => key == Key(12) ? null : Reply)!.Value.Distance, 6);
        Assert.Equal(before, asked.Bytes);
    }

    [Fact]
    public void It_never_holds_more_than_its_bytes_and_the_oldest_go_first()
    {
        var asked = new AskedQuestions(10_000);
        for (ulong i = 0; i < 500; i++)
        {
            asked.Keep(Key(i), [1, 0], Key(i));
            Assert.InRange(asked.Bytes, 1, 10_000);
        }
        Assert.Null(asked.Find(Key(0), [1, 0], 1, _ => Reply));
        Assert.NotNull(asked.Find(Key(499), [1, 0], 1, _ => Reply));
    }

    [Fact]
    public void A_scope_holds_a_thousand_and_forgets_its_oldest()
    {
        var asked = new AskedQuestions(1 << 24);
        for (ulong i = 0; i < 1_200; i++)
            asked.Keep(Key(1), i == 0 ? [0, 1] : [1, 0], Key(i));
        Assert.Null(asked.Find(Key(1), [0, 1], .5, _ => Reply));
        Assert.Equal(1_000 * (8 + 256), asked.Bytes);
    }

    [Fact]
    public void A_vector_without_a_direction_is_none()
    {
        Assert.Null(AskedQuestions.Unit([0, 0]));
        Assert.Null(AskedQuestions.Unit([float.NaN, 1]));
        Assert.Equal([.6f, .8f], AskedQuestions.Unit([3, 4])!);
    }

    private static ReplyKey Key(ulong n) => new(n, 0, 0, 0);
}
