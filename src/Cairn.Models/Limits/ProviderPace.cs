namespace Cairn.Models;

/// <summary>
/// How many calls one model of a provider takes at once, learned from its refusals: halved by a refusal (once a second at most, for those
/// that were under way together), one more for each round that passes. A provider that never refuses has no bound. Guarded by its gate.
/// </summary>
internal sealed class ProviderPace
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private double? _window;
    private int _running;
    private int _refusedAt;
    private int _inARow;
    private DateTimeOffset _decreased;

    /// <summary>The provider asked to be left alone until then.</summary>
    public DateTimeOffset PausedUntil { get; private set; }

    /// <summary>null when there is no bound.</summary>
    public int? Window => _window is { } w ? Math.Max(1, (int)w) : null;

    public bool Fits(DateTimeOffset now) => now >= PausedUntil && (Window is not { } window || _running < window);

    public void Enter() => _running++;

    public void Left(bool refused)
    {
        _running--;
        if (refused)
            return;
        _inARow = 0;
        if (_window is not { } window)
            return;
        _window = window + (1 / window);
        // Twice of what was too much goes well: whatever it was is over.
        if (_window > 2 * _refusedAt)
            _window = null;
    }

    public void Refused(TimeSpan? retryAfter, DateTimeOffset now)
    {
        var wait = retryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_inARow, 6)));
        var until = now + (wait < Longest ? wait : Longest);
        PausedUntil = until > PausedUntil ? until : PausedUntil;
        if (_window is not null && now - _decreased < TimeSpan.FromSeconds(1))
            return;
        _decreased = now;
        _inARow++;
        _refusedAt = Math.Max(1, _running);
        _window = Math.Max(1, Math.Min(_window ?? double.MaxValue, _running) / 2);
    }
}
