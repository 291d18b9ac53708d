using System.Runtime.CompilerServices;
using System.Text;

namespace Cairn.Models;

/// <summary>One instance under one schema. Without a list of violations it stops at the first one.</summary>
internal ref struct Evaluation(
    Instance instance, EvaluationBuffers buffers, List<SchemaViolation>? violations, long mostSteps, int mostViolations)
{
    private const int DeepestSchema = 2_000;

    private long _steps = mostSteps;
    private int _depth;
    private int _marksUsed;
    private int _scope;

    public Instance Instance { get; } = instance;

    public readonly bool Collects => violations is not null;

    /// <summary>Counts work, so that no schema and no instance can make it endless.</summary>
    /// <exception cref="JsonSchemaException"><c>schema.limit</c>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(long cost = 1)
    {
        if ((_steps -= cost) < 0)
            throw JsonSchemaException.TooMuchWork();
    }

    public void Enter(SchemaResource? resource)
    {
        Step();
        if (++_depth > DeepestSchema || ((_depth & 15) == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack()))
            throw JsonSchemaException.TooDeep();
        if (resource is null)
            return;
        if (_scope == buffers.Scope.Length)
        {
            var larger = buffers.Scope;
            Array.Resize(ref larger, larger.Length * 2);
            buffers.Scope = larger;
        }
        buffers.Scope[_scope++] = resource;
    }

    public void Leave(SchemaResource? resource)
    {
        _depth--;
        if (resource is not null)
            _scope--;
    }

    /// <summary>The outermost schema of the dynamic scope that has this dynamic anchor (core, section 8.2.3.2).</summary>
    public readonly SchemaNode? FindDynamic(string anchor)
    {
        foreach (var resource in buffers.Scope.AsSpan(0, _scope))
        {
            if (resource.Dynamic.TryGetValue(anchor, out var node))
                return node;
        }
        return null;
    }

    /// <summary>An empty set over a container's children; given back in reverse order by <see cref="ReleaseMarks"/>.</summary>
    public int TakeMarks(int children)
    {
        var words = (children + 63) >> 6;
        var start = _marksUsed;
        while (start + words > buffers.Marks.Length)
        {
            var larger = buffers.Marks;
            Array.Resize(ref larger, larger.Length * 2);
            buffers.Marks = larger;
        }
        buffers.Marks.AsSpan(start, words).Clear();
        _marksUsed += words;
        return start;
    }

    public void ReleaseMarks(int start) => _marksUsed = start;

    public readonly void Mark(int set, int child)
    {
        if (set >= 0)
            buffers.Marks[set + (child >> 6)] |= 1UL << (child & 63);
    }

    public readonly bool IsMarked(int set, int child) => (buffers.Marks[set + (child >> 6)] & (1UL << (child & 63))) != 0;

    public readonly void MergeMarks(int from, int into, int children)
    {
        for (var word = 0; word < (children + 63) >> 6; word++)
            buffers.Marks[into + word] |= buffers.Marks[from + word];
    }

    /// <summary>A string as UTF-16, for patterns and formats. Holds until the next call.</summary>
    public readonly ReadOnlySpan<char> Characters(int at)
    {
        using var text = UnescapedText.Of(Instance, at);
        if (buffers.Characters.Length < text.Bytes.Length)
            buffers.Characters = new char[text.Bytes.Length * 2];
        return buffers.Characters.AsSpan(0, Encoding.UTF8.GetChars(text.Bytes, buffers.Characters));
    }

    public readonly bool Fail(int at, SchemaNode schema, string keyword, string message)
    {
        if (violations is not null && violations.Count < mostViolations)
            violations.Add(new(InstancePath.Of(Instance, at), keyword.Length == 0 ? schema.Location : schema.Location + "/" + keyword,
                message));
        return false;
    }

    public readonly int ViolationCount => violations?.Count ?? 0;

    /// <summary>Forgets what a branch reported that need not hold.</summary>
    public readonly void Forget(int count)
    {
        if (violations is not null && violations.Count > count)
            violations.RemoveRange(count, violations.Count - count);
    }
}
