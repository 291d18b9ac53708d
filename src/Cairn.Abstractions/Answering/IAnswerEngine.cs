namespace Cairn.Abstractions;

/// <summary>Writes an answer from evidence. Two live in the product: <c>extractive</c> (the floor, no model) and <c>model</c>.</summary>
public interface IAnswerEngine
{
    /// <summary><c>extractive</c> or <c>model</c>.</summary>
    string Name { get; }

    /// <exception cref="CairnException">The engine cannot answer now (provider down, timed out, malformed); the flow falls to the
    /// floor.</exception>
    IAsyncEnumerable<EngineEvent> AnswerAsync(AnswerTask task, CancellationToken cancellationToken);
}
