namespace Cairn.Learning;

/// <summary>
/// The time in which a thread records no operations (<see cref="Tensor.NoGradient"/>); ends with <see cref="Dispose"/>. It lives on the
/// stack, so the compiler refuses an <c>await</c> or a <c>yield</c> within it: the other half of the method could run on another thread,
/// and the first would record nothing any more.
/// </summary>
public ref struct RecordingPause
{
    private bool isOpen;

    internal RecordingPause(bool isOpen) => this.isOpen = isOpen;

    /// <summary>This thread records again; a second call does nothing.</summary>
    public void Dispose()
    {
        if (isOpen)
            Tensor.EndPause();
        isOpen = false;
    }
}
