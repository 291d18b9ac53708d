namespace Cairn.Abstractions;

/// <summary>
/// What a check found: <see cref="Detail"/> for people, <see cref="Fix"/> the command or edit that mends it (null when all is well).
/// </summary>
public sealed record DoctorFinding(string Name, DoctorStatus Status, string Detail, string? Fix = null)
{
    public string Detail { get; } = CommandHint.In(Detail);

    public string? Fix { get; } = Fix is null ? null : CommandHint.In(Fix);
}
