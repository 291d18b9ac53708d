namespace Cairn.Server;

/// <summary>Ends the walk through a body at its first mistake; never leaves <see cref="JsonShape"/>.</summary>
internal sealed class JsonShapeException(string message, string fix) : Exception(message)
{
    public string Fix { get; } = fix;
}
