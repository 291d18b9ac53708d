namespace Cairn.Models;

/// <summary>How often a model may be asked again for one answer, counted by all that judge it together: as much is set aside.</summary>
internal sealed class Repairs(int most)
{
    private int _left = most;

    /// <returns>False where none is left.</returns>
    public bool Take() => _left-- > 0;
}
