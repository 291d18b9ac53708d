namespace Cairn.Learning;

/// <summary>
/// The time in which a thread computes with an adapter (<see cref="LoraAdapter.Use"/>); ends with <see cref="Dispose"/>, and what was in use
/// before is again. Like <see cref="RecordingPause"/> it lives on the stack, so that no <c>await</c> changes the thread within it.
/// </summary>
public ref struct AdapterUse
{
    private readonly LoraAdapter? before;
    private bool isOpen;

    internal AdapterUse(LoraAdapter? before) => (this.before, isOpen) = (before, true);

    /// <summary>Ends it; a second call does nothing.</summary>
    public void Dispose()
    {
        if (isOpen)
            LoraAdapter.Current = before;
        isOpen = false;
    }
}
