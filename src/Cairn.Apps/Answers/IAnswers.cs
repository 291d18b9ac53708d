namespace Cairn.Apps;

/// <summary>Asks an app as a caller; the whole way of one question.</summary>
public interface IAnswers
{
    /// <exception cref="CairnException">An empty or too long question, an unknown app, no right. A provider's failure is not an error: the
    /// floor answers.</exception>
    IAsyncEnumerable<AnswerEvent> AskAsync(Principal caller, AskRequest request, CancellationToken cancellationToken);
}
