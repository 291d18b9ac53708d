namespace Cairn.Server;

internal sealed record DoctorResponse(IReadOnlyList<DoctorFinding> Checks);
