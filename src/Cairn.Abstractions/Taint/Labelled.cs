namespace Cairn.Abstractions;

/// <summary>A value with every origin that entered it. Combining values joins their origins; nothing ever removes one.</summary>
public readonly record struct Labelled<T>(T Value, Origin Origins)
{
    public bool IsTainted => (Origins & Origin.Untrusted) != 0;

    public Labelled<TResult> Map<TResult>(Func<T, TResult> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new(map(Value), Origins);
    }

    public Labelled<TResult> Combine<TOther, TResult>(Labelled<TOther> other, Func<T, TOther, TResult> combine)
    {
        ArgumentNullException.ThrowIfNull(combine);
        return new(combine(Value, other.Value), Origins | other.Origins);
    }
}
