namespace Cairn.Learning;

/// <summary>A function as a layer: <c>Activation.Relu</c>, <c>new Activation("square", x => x * x)</c>.</summary>
public sealed class Activation(string name, Func<Tensor, Tensor> function) : NetworkLayer
{
    public static Activation Relu => new("relu", x => x.Relu());

    public static Activation Gelu => new("gelu", x => x.Gelu());

    public static Activation GeluTanh => new("gelu tanh", x => x.GeluTanh());

    public static Activation Silu => new("silu", x => x.Silu());

    public static Activation Tanh => new("tanh", x => x.Tanh());

    public static Activation Sigmoid => new("sigmoid", x => x.Sigmoid());

    /// <summary>All axes but the first as one.</summary>
    public static Activation Flatten => new("flatten", x => x.Reshape(x.Shape[0], -1));

    public string Name => name;

    public override Tensor Forward(Tensor input) => function(input);
}
