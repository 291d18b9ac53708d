namespace Cairn.Server;

/// <summary>What became of the last change of <c>cairn.yaml</c> while the server runs.</summary>
internal sealed class ChangedWorkspace
{
    private volatile CairnException? _refused;

    /// <summary>The mistake for which the file is not in force; null when it is.</summary>
    public CairnException? Refused
    {
        get => _refused;
        set => _refused = value;
    }
}
