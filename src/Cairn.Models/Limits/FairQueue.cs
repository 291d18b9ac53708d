namespace Cairn.Models;

/// <summary>Waiting calls: within a caller in the order in which they came, between callers in turn. Guarded by its gate.</summary>
internal sealed class FairQueue
{
    private readonly LinkedList<(string Caller, LinkedList<WaitingCall> Calls)> _turns = new();
    private readonly Dictionary<string, LinkedListNode<(string Caller, LinkedList<WaitingCall> Calls)>> _byCaller =
        new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public void Add(WaitingCall call)
    {
        if (!_byCaller.TryGetValue(call.Caller, out var turn))
            _byCaller.Add(call.Caller, turn = _turns.AddLast((call.Caller, new LinkedList<WaitingCall>())));
        turn.Value.Calls.AddLast(call);
        Count++;
    }

    public bool Remove(WaitingCall call)
    {
        if (!_byCaller.TryGetValue(call.Caller, out var turn) || !turn.Value.Calls.Remove(call))
            return false;
        Count--;
        if (turn.Value.Calls.Count == 0)
            Forget(turn);
        return true;
    }

    public IEnumerable<WaitingCall> All() => _turns.SelectMany(t => t.Calls);

    /// <summary>
    /// Lets calls go as long as one fits, each caller's first in turn; who got one goes to the end. A call that does not fit keeps its
    /// turn: what it waits for is not given to a later one, so that a large call is not starved by small ones.
    /// </summary>
    /// <param name="tryEnter">Takes the place when there is one; else adds what is lacking to the set.</param>
    public void Drain(Func<WaitingCall, HashSet<object>, bool> tryEnter)
    {
        var lacking = new HashSet<object>(ReferenceEqualityComparer.Instance);
        for (var turn = _turns.First; turn is not null;)
        {
            var next = turn.Next;
            var first = turn.Value.Calls.First!.Value;
            if (tryEnter(first, lacking))
            {
                turn.Value.Calls.RemoveFirst();
                Count--;
                if (turn.Value.Calls.Count == 0)
                    Forget(turn);
                else
                    ToTheEnd(turn, ref next);
            }
            turn = next;
        }
    }

    private void ToTheEnd(
        LinkedListNode<(string, LinkedList<WaitingCall>)> turn, ref LinkedListNode<(string, LinkedList<WaitingCall>)>? next)
    {
        if (turn.Next is null)
        {
            next = turn;
            return;
        }
        _turns.Remove(turn);
        _turns.AddLast(turn);
    }

    private void Forget(LinkedListNode<(string Caller, LinkedList<WaitingCall>)> turn)
    {
        _turns.Remove(turn);
        _byCaller.Remove(turn.Value.Caller);
    }
}
