using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>Which model began which conversation. Holds the last ten to twenty thousand.</summary>
internal sealed class StickyModels
{
    private const int MostOfOneAge = 10_000;

    private ConcurrentDictionary<Key, Target> _new = new();
    private ConcurrentDictionary<Key, Target> _old = new();

    public Target? Find(string route, CallOrigin origin)
    {
        if (KeyOf(route, origin) is not { } key)
            return null;
        if (_new.TryGetValue(key, out var known))
            return known;
        if (!_old.TryGetValue(key, out known))
            return null;
        Keep(key, known);
        return known;
    }

    public void Began(string route, CallOrigin origin, Target target)
    {
        if (KeyOf(route, origin) is { } key)
            Keep(key, target);
    }

    private void Keep(Key key, Target target)
    {
        // Two threads that turn the age at once forget some conversations early, which costs them a choice anew.
        if (_new.Count >= MostOfOneAge)
            (_old, _new) = (_new, new());
        _new[key] = target;
    }

    private static Key? KeyOf(string route, CallOrigin origin)
        => origin.Conversation is { } conversation ? new(route, origin.Caller.Tenant, origin.Caller.User, conversation) : null;

    private readonly record struct Key(string Route, string Tenant, string? User, string Conversation);
}
