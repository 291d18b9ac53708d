namespace Cairn.Training;

/// <summary>Rounds that an earlier attempt learned, as its estimator wrote them.</summary>
/// <param name="Blob">Their SHA-256, by which a person finds them in the log.</param>
internal sealed record SavedRounds(string Blob, byte[] Bytes);
