namespace Cairn.Server;

/// <summary>What became of the last change of <c>cairn.yaml</c> while the server runs.</summary>
internal sealed class ChangedWorkspace
{
    private volatile CairnException? _refused;
    private volatile IReadOnlyList<string> _waiting = [];
    private volatile string _what = Apps.WorkspaceFile.FileName;

    /// <summary>The file that was refused: <c>cairn.yaml</c>, or a script that it names.</summary>
    public string What
    {
        get => _what;
        set => _what = value;
    }

    /// <summary>The mistake for which the file is not in force; null when it is.</summary>
    public CairnException? Refused
    {
        get => _refused;
        set => _refused = value;
    }

    /// <summary>
    /// The sections that the file, when it could last be read, says otherwise than at the start; they hold from the next start.
    /// </summary>
    public IReadOnlyList<string> Waiting
    {
        get => _waiting;
        set => _waiting = value;
    }
}
