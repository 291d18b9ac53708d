using Cairn.Knowledge;

namespace Cairn.Apps;

/// <summary>
/// Checks at each read whether the caller may still see what an answer was made of; one document lost withholds the answer.
/// </summary>
internal sealed class ConversationRights(IDocuments documents, Principal caller)
{
    public const string Withheld = "This answer is withheld: it rests on a document that you may no longer read.";

    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    public async Task<StoredMessage> CheckAsync(StoredMessage message, CancellationToken cancellationToken)
    {
        if (message.Answer is not { } answer)
            return message;
        foreach (var document in message.Evidence.Concat(answer.Citations.Select(c => c.Document)).Distinct())
        {
            if (!await MayReadAsync(document, cancellationToken))
            {
                return message with
                {
                    Text = Withheld,
                    Answer = answer with { Text = Withheld, Status = AnswerStatus.Refused, Sentences = [], Citations = [], Notices = [] },
                };
            }
        }
        return message;
    }

    private async Task<bool> MayReadAsync(string document, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(document, out var may))
            return may;
        try
        {
            await documents.GetAsync(caller, document, cancellationToken);
            return _known[document] = true;
        }
        catch (CairnException e) when (e.Kind is ErrorKind.NotFound or ErrorKind.NotPermitted or ErrorKind.Gone)
        {
            return _known[document] = false;
        }
    }
}
