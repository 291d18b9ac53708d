namespace Cairn.Learning;

/// <summary>
/// An estimator whose rounds can be kept: it goes on from a checkpoint to exactly the model that it would have become without the break.
/// </summary>
public interface IIterative : IObservableFit
{
    /// <summary>
    /// Writes what the fit that runs has learned so far, as a model file; to be called within <see cref="IObservableFit.Observer"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">No fit runs.</exception>
    void SaveCheckpoint(Stream stream);

    /// <summary>The next fit, which must be given the same rows and options, goes on from a checkpoint.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or of another kind of estimator.</exception>
    void ResumeFrom(Stream stream);

    /// <summary>
    /// Ends the fit that runs with the round that was just learned; to be called within <see cref="IObservableFit.Observer"/>. The model is
    /// that of the best round so far where rows are set aside to judge rounds by, else that of the last one.
    /// </summary>
    /// <exception cref="InvalidOperationException">No fit runs.</exception>
    void EndFit();
}
