namespace Cairn.Learning;

/// <summary>A module that makes one tensor of one.</summary>
public abstract class NetworkLayer : Module
{
    public abstract Tensor Forward(Tensor input);
}
