namespace Cairn.Server;

/// <summary>Every module's checks, run beside each other; one that throws is a finding itself.</summary>
internal sealed class DoctorReport(IEnumerable<IDoctorCheck> checks)
{
    /// <returns>In the order of the checks: what others stand on comes first.</returns>
    public async Task<IReadOnlyList<DoctorFinding>> FindingsAsync(CancellationToken cancellationToken)
    {
        var findings = await Task.WhenAll(checks.OrderBy(c => c.Order).Select(c => FindingsAsync(c, cancellationToken)));
        return [.. findings.SelectMany(f => f)];
    }

    private static async Task<IReadOnlyList<DoctorFinding>> FindingsAsync(IDoctorCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.CheckAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var name = check.GetType().Name.Replace("Check", "", StringComparison.Ordinal);
            return [new(name, DoctorStatus.Failed, e.Message, e is CairnException known ? known.Fix : "The server's log says more.")];
        }
    }
}
