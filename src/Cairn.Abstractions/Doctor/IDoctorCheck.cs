namespace Cairn.Abstractions;

/// <summary>
/// One thing that <c>cairn doctor</c> looks at. A module registers as many as it has (<c>AddSingleton&lt;IDoctorCheck, XCheck&gt;()</c>).
/// It looks, changes nothing, and answers within a few seconds; a check that throws is shown as failed with its message.
/// </summary>
public interface IDoctorCheck
{
    /// <summary>
    /// Order in the report: what others stand on comes first (storage 100, sandbox 200, sources 300, index 400, models 500).
    /// </summary>
    int Order { get; }

    Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken);
}
