using System.Collections.Concurrent;
using System.Net;

namespace Cairn.Server;

/// <summary>Counts failed sign-ins per address, so that links can't be tried by the thousand.</summary>
internal sealed class SignInAttempts(TimeProvider time)
{
    private const int PerWindow = 10;
    private const int MostAddresses = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<IPAddress, (DateTimeOffset Since, int Failures)> _failures = new();

    /// <exception cref="TooManyAttemptsException">Too many failures from there within a minute.</exception>
    public void Demand(HttpContext context)
    {
        if (_failures.TryGetValue(From(context), out var seen) && seen.Failures >= PerWindow && time.GetUtcNow() - seen.Since < Window)
            throw new TooManyAttemptsException(Window - (time.GetUtcNow() - seen.Since));
    }

    public void Failed(HttpContext context)
    {
        var now = time.GetUtcNow();
        if (_failures.Count >= MostAddresses)
            Forget(now);
        _failures.AddOrUpdate(From(context), (now, 1), (_, seen) => now - seen.Since < Window ? (seen.Since, seen.Failures + 1) : (now, 1));
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (address, seen) in _failures)
        {
            if (now - seen.Since >= Window)
                _failures.TryRemove(address, out _);
        }
        // Only a flood from many addresses fills the table within a minute; it starts over rather than growing.
        if (_failures.Count >= MostAddresses)
            _failures.Clear();
    }

    private static IPAddress From(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;
}
