namespace Cairn.Models;

/// <summary>Sees that the tool calls of one reply have different ids: some servers send none, or one for all.</summary>
internal sealed class CallIds
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public string Take(string? id)
    {
        var wanted = string.IsNullOrWhiteSpace(id) ? "call_1" : id;
        var free = wanted;
        for (var i = 2; !_used.Add(free); i++)
            free = string.IsNullOrWhiteSpace(id) ? $"call_{i}" : $"{wanted}_{i}";
        return free;
    }
}
