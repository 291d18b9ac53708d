namespace Cairn.Learning;

/// <summary>What has a fitted state that a model file can hold.</summary>
internal interface IStorable
{
    /// <summary>
    /// Names every field of the state once, in one order for both ways: a writer takes the values, a reader sets them. What is read is
    /// checked before anything computes with it.
    /// </summary>
    void Exchange(ModelState state);
}
