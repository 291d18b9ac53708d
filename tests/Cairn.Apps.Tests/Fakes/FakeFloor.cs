using System.Runtime.CompilerServices;

namespace Cairn.Apps.Tests;

/// <summary>An extractive engine that answers with the first sentence of the first passage.</summary>
internal sealed class FakeFloor : IAnswerEngine
{
    public string Name => "extractive";

    public List<AnswerTask> Tasks { get; } = [];

    public bool Finds { get; set; } = true;

    public async IAsyncEnumerable<EngineEvent> AnswerAsync(AnswerTask task, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Tasks.Add(task);
        await Task.Yield();
        if (!Finds || task.Evidence.Passages.IsEmpty)
        {
            yield return new EngineResult { Status = AnswerStatus.Missing, Text = "" };
            yield break;
        }
        var passage = task.Evidence.Passages[0].Passage;
        var quote = passage.Text[..(passage.Text.IndexOf('.', StringComparison.Ordinal) + 1)];
        yield return new EngineDelta(quote);
        yield return new EngineResult
        {
            Status = AnswerStatus.Answered,
            Text = quote,
            Sentences = [new AnswerSentence { Start = 0, End = quote.Length, Citations = [1] }],
            Citations =
            [
                new Citation
                {
                    N = 1, Document = passage.Document, Version = 1, Source = passage.Source, Path = passage.Path, Title = passage.Title,
                    Page = passage.Page,
                    Start = passage.Start, End = passage.Start + quote.Length, Quote = quote, Superseded = passage.Superseded,
                    Changed = passage.Changed,
                },
            ],
            Confidence = 0.9,
        };
    }
}
