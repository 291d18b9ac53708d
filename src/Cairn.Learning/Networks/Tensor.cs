namespace Cairn.Learning;

/// <summary>
/// An array of float32 that remembers what it was computed from, so that <see cref="Backward"/> finds the gradient of a loss with respect
/// to every tensor that asks for one. Values are not changed by operations; only optimisers write them.
/// </summary>
public sealed partial class Tensor
{
    [ThreadStatic]
    private static int recordingOff;

    [ThreadStatic]
    private static GradientPool? pool;

    private GraphNode? node;

    /// <summary>A tensor over an array; a view is copied.</summary>
    public Tensor(NdArray<float> value, bool requiresGradient = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value.IsContiguous && value.Count == value.Storage.Length ? value : value.Copy();
        RequiresGradient = requiresGradient;
    }

    /// <summary>A tensor over the first numbers of storage that may be longer.</summary>
    internal Tensor(float[] data, Shape shape)
    {
        Value = new NdArray<float>(data, shape);
    }

    /// <summary>The numbers.</summary>
    public NdArray<float> Value { get; }

    public Shape Shape => Value.Shape;

    public int Count => Value.Count;

    /// <summary>Whether <see cref="Backward"/> leaves a gradient here. A frozen parameter has false.</summary>
    public bool RequiresGradient { get; set; }

    /// <summary>The gradient of what <see cref="Backward"/> was called on; null before, and for results of operations.</summary>
    public NdArray<float>? Gradient => IsLeaf && GradientData is { } data ? NdArray<float>.Over(data, Shape.Lengths) : null;

    /// <summary>Whether this is given, not computed.</summary>
    public bool IsLeaf => node is null;

    internal float[] Data => Value.Storage;

    internal ReadOnlySpan<float> Span => Value.Storage.AsSpan(0, Count);

    internal float[]? GradientData { get; private set; }

    /// <summary>A number as a tensor without axes.</summary>
    public static implicit operator Tensor(float value) => new([value], Shape.Of());

    /// <summary>While the result is not disposed, this thread records no operations: for prediction, at less memory and time.</summary>
    public static RecordingPause NoGradient()
    {
        recordingOff++;
        return new RecordingPause(isOpen: true);
    }

    /// <summary>The same numbers, computed from nothing.</summary>
    public Tensor Detach() => new(Value);

    /// <summary>The only number.</summary>
    public float Scalar() => Value.Scalar();

    /// <summary>Forgets the gradient.</summary>
    public void ZeroGradient() => GradientData = null;

    /// <summary>
    /// Adds to the gradient of every tensor that this was computed from and that asks for one. The record of the computation is gone
    /// afterwards.
    /// </summary>
    /// <exception cref="ShapeException">This is not a single number.</exception>
    /// <exception cref="InvalidOperationException">Nothing that this was computed from asks for a gradient, or it was called
    /// before.</exception>
    public void Backward()
    {
        if (Count != 1)
            throw new ShapeException("backward", $"shape {Shape} is not a single number; take the mean or the sum first");
        if (node is null)
            throw new InvalidOperationException(
                "Nothing that this number was computed from asks for a gradient, or backward was called before.");
        var order = InOrder();
        GradientData = [1f];
        pool = new GradientPool();
        try
        {
            for (var i = order.Count - 1; i >= 0; i--)
            {
                GoBack(order[i], pool);
                // Nothing here keeps its numbers any longer: what no one else holds can go while the rest is still to be done.
                order.RemoveAt(i);
            }
        }
        finally
        {
            pool = null;
        }
    }

    public override string ToString() => $"tensor of shape {Shape}{(RequiresGradient ? ", requires gradient" : "")}\n{Value}";

    internal static void EndPause() => recordingOff--;

    /// <summary>Room for a gradient; its content is no value. While gradients go back it may be one that is done with.</summary>
    internal static float[] Room(int count) => pool?.Rent(count) ?? GC.AllocateUninitializedArray<float>(count);

    /// <summary>Room for a gradient that is summed up, from zeros.</summary>
    internal static float[] ZeroRoom(int count)
    {
        var room = Room(count);
        Array.Clear(room);
        return room;
    }

    /// <summary>The gradient's storage; zeros when nothing was added yet.</summary>
    internal float[] TakeGradient() => GradientData ??= ZeroRoom(Count);

    /// <summary>The gradient's storage to be written (<paramref name="fresh"/>: its content is no value) or added to.</summary>
    internal float[] TakeGradient(out bool fresh)
    {
        fresh = GradientData is null;
        return GradientData ??= Room(Count);
    }

    /// <summary>A gradient that this operation owns and no other will use: taken over where nothing was added yet.</summary>
    internal void AddGradient(float[] gradient)
    {
        if (GradientData is null && gradient.Length == Count)
            GradientData = gradient;
        else
            Parallels.Add(gradient, TakeGradient(), Count);
    }

    /// <summary>The result of an operation, recorded when one of its inputs asks for a gradient.</summary>
    internal static Tensor Result(float[] data, Shape shape, Tensor[] inputs, Action<Tensor> backward)
    {
        var result = new Tensor(data, shape);
        if (recordingOff == 0 && Array.Exists(inputs, i => i.RequiresGradient))
        {
            result.RequiresGradient = true;
            result.node = new GraphNode(inputs, backward);
        }
        return result;
    }

    internal static bool IsRecording => recordingOff == 0;

    private static void GoBack(Tensor tensor, GradientPool pool)
    {
        var step = tensor.node!;
        tensor.node = null;
        if (tensor.GradientData is { } gradient)
        {
            step.Backward(tensor);
            // A step that changes nothing (another shape, one side of a sum) hands its gradient on.
            if (!Array.Exists(step.Inputs, i => ReferenceEquals(i.GradientData, gradient)))
                pool.Return(gradient);
        }
        tensor.GradientData = null;
        tensor.RequiresGradient = false;
    }

    /// <summary>The computed tensors below this one, each after all that it was computed from.</summary>
    private List<Tensor> InOrder()
    {
        var order = new List<Tensor>();
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(Tensor Tensor, int Next)>();
        open.Push((this, 0));
        seen.Add(this);
        while (open.TryPop(out var top))
        {
            var inputs = top.Tensor.node!.Inputs;
            if (top.Next == inputs.Length)
            {
                order.Add(top.Tensor);
                continue;
            }
            open.Push((top.Tensor, top.Next + 1));
            var input = inputs[top.Next];
            if (input.node is not null && seen.Add(input))
                open.Push((input, 0));
        }
        return order;
    }

    private sealed record GraphNode(Tensor[] Inputs, Action<Tensor> Backward);
}
