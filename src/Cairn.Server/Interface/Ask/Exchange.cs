using System.Collections.Immutable;

namespace Cairn.Server;

/// <summary>A question with its answer, as the page shows them together. The answer is null where it was not kept.</summary>
public sealed record Exchange(string Question, Cairn.Apps.Message? Answer)
{
    public static ImmutableArray<Exchange> Of(IEnumerable<Cairn.Apps.Message> messages)
    {
        var exchanges = ImmutableArray.CreateBuilder<Exchange>();
        string? question = null;
        foreach (var message in messages)
        {
            if (message.Role == "user")
            {
                if (question is not null)
                    exchanges.Add(new Exchange(question, null));
                question = message.Text;
                continue;
            }
            exchanges.Add(new Exchange(question ?? "", message));
            question = null;
        }
        if (question is not null)
            exchanges.Add(new Exchange(question, null));
        return exchanges.ToImmutable();
    }
}
