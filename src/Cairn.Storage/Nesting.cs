namespace Cairn.Storage;

/// <summary>Refuses a session inside a session: the inner one would wait for the outer one's connection for ever.</summary>
internal sealed class Nesting
{
    private readonly AsyncLocal<Frame?> _current = new();

    public Frame Enter(string operation)
    {
        // Work that a session started and left running carries the frame along; once the session is over it means nothing.
        if (_current.Value is { Open: true } outer)
            throw new InvalidOperationException(
                $"A {operation} was started inside a {outer.Operation} of the same database: use the session at hand.");
        var frame = new Frame(operation);
        _current.Value = frame;
        return frame;
    }

    internal sealed class Frame(string operation) : IDisposable
    {
        public string Operation { get; } = operation;

        public bool Open { get; private set; } = true;

        public void Dispose() => Open = false;
    }
}
