namespace Cairn.Apps;

/// <summary>Collects every mistake of one file, so that a person mends all of them in one go.</summary>
internal sealed class Problems(string file)
{
    private readonly List<Problem> _found = [];

    public string File { get; } = file;

    public bool Any => _found.Count > 0;

    public void Add(int line, int column, string message, string? suggestion = null)
        => _found.Add(new(File, line, column, message, suggestion));

    public void Add(YamlNode node, string message, string? suggestion = null) => Add(node.Line, node.Column, message, suggestion);

    /// <exception cref="ManifestException">There were mistakes.</exception>
    public void ThrowIfAny()
    {
        if (Any)
            throw new ManifestException(_found);
    }
}
