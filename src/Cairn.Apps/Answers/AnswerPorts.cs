using Cairn.Knowledge;
using Cairn.Models;
using Microsoft.Extensions.Logging;

namespace Cairn.Apps;

/// <summary>What a run of the answer flow calls.</summary>
internal sealed record AnswerPorts(
    AppFolders Apps,
    IRoutes Routes,
    IRetriever Retriever,
    IEnumerable<IAnswerEngine> Engines,
    IDocuments Documents,
    ConversationStore Conversations,
    AnswerLog Log,
    TraceRecorder Traces,
    IIdentifiers Identifiers,
    TimeProvider Time,
    ILogger<Answers> Logger)
{
    public IAnswerEngine Floor => Engines.Single(e => e.Name == "extractive");
}
