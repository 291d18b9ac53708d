using Cairn.Work;

namespace Cairn.Apps;

/// <summary>Traces of answers and of calls that are older than the workspace keeps them.</summary>
internal sealed class OldTraces(AnswerLog log, KeepDeclaration keep, TimeProvider time) : IUpkeepTask
{
    public string Name => "traces";

    public async Task<long> RunAsync(CancellationToken cancellationToken)
        => await log.ForgetAsync(calls: false, time.GetUtcNow() - keep.Traces, cancellationToken)
           + await log.ForgetAsync(calls: true, time.GetUtcNow() - keep.Calls, cancellationToken);
}
