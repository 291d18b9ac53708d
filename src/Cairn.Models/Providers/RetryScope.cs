namespace Cairn.Models;

/// <summary>Where another try of a failed call makes sense.</summary>
public enum RetryScope
{
    /// <summary>Nowhere: the call itself is wrong, or part of the answer is out.</summary>
    Nowhere,

    /// <summary>At another model: this one refuses, is not there, or cannot do what is asked.</summary>
    Elsewhere,

    /// <summary>At this model too, after a while.</summary>
    Again,
}
