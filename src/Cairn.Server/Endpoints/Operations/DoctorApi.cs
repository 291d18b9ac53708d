namespace Cairn.Server;

/// <summary>What <c>cairn doctor</c> prints: every module's checks.</summary>
internal static class DoctorApi
{
    public static void MapDoctorApi(this IEndpointRouteBuilder api)
        => api.MapGet("/doctor", CheckAsync).Requires(Right.Operate).WithTags("operations").WithSummary("What this workspace needs and has, with what mends the rest");

    private static async Task<DoctorResponse> CheckAsync(IEnumerable<IDoctorCheck> checks, CancellationToken cancellationToken)
    {
        var findings = await Task.WhenAll(checks.OrderBy(c => c.Order).Select(c => FindingsAsync(c, cancellationToken)));
        return new([.. findings.SelectMany(f => f)]);
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
