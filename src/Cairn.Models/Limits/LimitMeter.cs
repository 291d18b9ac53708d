namespace Cairn.Models;

/// <summary>How much of one limit is taken, by this process. Guarded by its gate.</summary>
/// <param name="name">Of the limit, and of the caller where it is for each.</param>
internal sealed class LimitMeter(string key, string name, LimitRule rule, bool shared)
{
    private readonly SlidingMinute _requests = new();
    private readonly SlidingMinute _input = new();
    private readonly SlidingMinute _output = new();
    private int _running;

    /// <summary>The same on every server.</summary>
    public string Key => key;

    /// <summary>For people: <c>everyone each ann</c>.</summary>
    public string Name => name;

    public LimitRule Rule => rule;

    /// <summary>Into how many equal parts several servers can share it: no part may be less than one of anything.</summary>
    public int Parts { get; } = Math.Min(100,
        new[] { rule.Requests, rule.Input, rule.Output, rule.Concurrent }.Min(l => l is > 0 ? l.Value : int.MaxValue));

    /// <summary>Of <see cref="Parts"/>, those that are this server's; all of them where nobody shares.</summary>
    public int OwnParts { get; set; } = shared ? 0 : int.MaxValue;

    /// <summary>Until when <see cref="OwnParts"/> holds, as a second of the gate's clock.</summary>
    public long OwnUntil { get; set; } = long.MaxValue;

    /// <summary>Parts that calls asked for since it was last looked at, which is what several servers share by.</summary>
    public long Demand { get; set; }

    /// <summary>What was wanted lately.</summary>
    public long Fading { get; set; }

    /// <summary>The last second in which a call wanted it.</summary>
    public long LastUse { get; set; }

    public bool Fits(CallUsage expected, long second)
        => (rule.Concurrent is null || _running < Own(rule.Concurrent, second))
            && Fits(_requests, rule.Requests, 1, second) && Fits(_input, rule.Input, expected.Input, second)
            && Fits(_output, rule.Output, expected.Output, second);

    public void Wanted(CallUsage expected)
        => Demand += Math.Max(1, Math.Max(Filled(rule.Input, expected.Input), Filled(rule.Output, expected.Output)));

    public void Enter(CallUsage expected, long second)
    {
        _running++;
        _requests.Add(1, second);
        _input.Add(Bounded(rule.Input, expected.Input), second);
        _output.Add(Bounded(rule.Output, expected.Output), second);
        LastUse = second;
    }

    public void Leave() => _running--;

    public void Correct(CallUsage expected, CallUsage used, long entered, long second)
    {
        _input.Correct(used.Input - Bounded(rule.Input, expected.Input), entered, second);
        _output.Correct(used.Output - Bounded(rule.Output, expected.Output), entered, second);
    }

    /// <summary>How many of the <see cref="Parts"/> the last minute and the running calls still fill.</summary>
    public int FilledParts(long second)
        => Math.Max(Math.Max(Filled(rule.Concurrent, _running), Filled(rule.Requests, _requests.Sum(second))),
            Math.Max(Filled(rule.Input, _input.Sum(second)), Filled(rule.Output, _output.Sum(second))));

    /// <summary>What of the limit is this server's now.</summary>
    private long Own(int? limit, long second)
        => OwnParts >= Parts && second <= OwnUntil ? limit!.Value : second > OwnUntil ? 0 : (long)limit!.Value * OwnParts / Parts;

    private bool Fits(SlidingMinute minute, int? limit, long more, long second)
    {
        if (limit is null)
            return true;
        var own = Own(limit, second);
        return own > 0 && minute.Sum(second) + Bounded(limit, more) <= own;
    }

    /// <summary>A call that is larger than the limit counts as all of it: it runs when nothing else has run for a minute.</summary>
    private static long Bounded(int? limit, long amount) => Math.Min(amount, limit ?? long.MaxValue);

    private int Filled(int? limit, long amount)
        => limit is > 0 ? (int)Math.Min(Parts, ((amount * Parts) + limit.Value - 1) / limit.Value) : 0;
}
