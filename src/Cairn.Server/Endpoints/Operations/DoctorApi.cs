namespace Cairn.Server;

/// <summary>What <c>cairn doctor</c> prints: every module's checks.</summary>
internal static class DoctorApi
{
    public static void MapDoctorApi(this IEndpointRouteBuilder api)
        => api.MapGet("/doctor", CheckAsync).Requires(Right.Operate).WithTags("operations")
            .WithSummary("What this workspace needs and has, with what mends the rest");

    private static async Task<DoctorResponse> CheckAsync(DoctorReport doctor, CancellationToken cancellationToken)
        => new(await doctor.FindingsAsync(cancellationToken));
}
