namespace Cairn.Learning;

/// <summary>
/// An estimator that learns round by round: it tells how far it is, can be stopped after any round, and goes on from a checkpoint to exactly the
/// model that it would have become without the break.
/// </summary>
public interface IIterative
{
    /// <summary>
    /// Called after each round of a fit, on the fit's thread. What it throws ends the fit; <see cref="SaveCheckpoint"/> may be called within it.
    /// </summary>
    Action<FitRound>? Observer { get; set; }

    /// <summary>Writes what the fit that runs has learned so far, as a model file.</summary>
    /// <exception cref="InvalidOperationException">No fit runs.</exception>
    void SaveCheckpoint(Stream stream);

    /// <summary>The next fit, which must be given the same rows and options, goes on from a checkpoint.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or of another kind of estimator.</exception>
    void ResumeFrom(Stream stream);
}
