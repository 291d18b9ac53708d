namespace Cairn.Server;

/// <summary>Prints without its value, so that no log can hold it.</summary>
internal sealed record SetModelKeyBody(string Value)
{
    public override string ToString() => nameof(SetModelKeyBody);
}
