using System.Security.Cryptography;
using System.Text;

namespace Cairn.Training;

/// <summary>Rounds that an earlier attempt learned, as its estimator wrote them.</summary>
/// <param name="Blob">The SHA-256 of their file, by which a person finds them in the log.</param>
internal sealed record SavedRounds(string Blob, byte[] Bytes)
{
    private static readonly byte[] Mark = "\nrounds of "u8.ToArray();

    private static int EndLength => Mark.Length + SHA256.HashSizeInBytes;

    /// <summary>
    /// The file of an experiment's rounds, which ends with whose they are: equal trainings come to equal rounds, and each deletes those
    /// that it has passed, so they must not share a blob.
    /// </summary>
    public static Stream FileOf(byte[] rounds, string experiment)
        => new MemoryStream([.. rounds, .. Mark, .. SHA256.HashData(Encoding.UTF8.GetBytes(experiment))]);

    /// <summary>Earlier versions of the program wrote files without such an end.</summary>
    public static SavedRounds Read(string blob, byte[] file)
        => file.Length >= EndLength && file.AsSpan(file.Length - EndLength).StartsWith(Mark)
            ? new(blob, file[..^EndLength])
            : new(blob, file);
}
