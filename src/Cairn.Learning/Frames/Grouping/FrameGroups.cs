namespace Cairn.Learning;

/// <summary>The rows of a frame by the values of some of its columns.</summary>
public sealed class FrameGroups
{
    private readonly Frame _frame;
    private readonly string[] _by;
    private readonly Keys _keys;
    private readonly int[] _order;

    internal FrameGroups(Frame frame, string[] by)
    {
        if (by.Length == 0)
            throw new BadInputException("group by: name at least one column.");
        (_frame, _by) = (frame, by);
        _keys = by.Select(n => frame[n].ToKeys()).Aggregate((all, next) => all.And(next));
        // Groups come in the order of their keys.
        var firsts = frame.Select(by).Take(_keys.First);
        _order = firsts.Order([.. by.Select(n => (n, false))]);
    }

    public int Count => _keys.Count;

    /// <summary>
    /// One row for each group: its keys, then the aggregates. Groups are in ascending order of their keys, missing ones last.
    /// </summary>
    public Frame Compute(params Aggregate[] aggregates)
    {
        var keys = _by.Select(n => (n, _frame[n].Take(_keys.First)));
        var values = aggregates.Select(a => (a.Name, GroupMath.Compute(_frame, _keys, a)));
        return new Frame([.. keys, .. values]).Take(_order);
    }

    /// <summary>Each group as a frame of its own, in the order of the keys.</summary>
    public IEnumerable<Frame> Frames()
    {
        var rows = GroupMath.RowsByGroup(_keys, out var starts);
        return _order.Select(g => _frame.Take(rows.AsMemory(starts[g]..starts[g + 1])));
    }
}
