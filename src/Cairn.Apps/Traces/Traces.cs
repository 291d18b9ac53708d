namespace Cairn.Apps;

internal sealed class Traces(AnswerLog log, IAccess access) : ITraces
{
    public async Task<Trace> GetAsync(Principal caller, string id, CancellationToken cancellationToken)
        => await log.FindTraceAsync(caller.Tenant, id, cancellationToken) is { } trace && MaySee(caller, trace.User)
            ? trace
            : throw new CairnException(ErrorKind.NotFound, "trace.unknown", $"There is no trace '{id}' that you may see.",
                "Take the traceId of an answer of yours: cairn ask --json prints it.");

    public Task<IReadOnlyList<Trace>> ListAsync(Principal caller, int limit, CancellationToken cancellationToken)
        => log.ListTracesAsync(caller.Tenant, access.May(caller, Right.Operate), caller.User, Math.Clamp(limit, 1, 200), cancellationToken);

    private bool MaySee(Principal caller, string? user) => (user is not null && user == caller.User) || access.May(caller, Right.Operate);
}
