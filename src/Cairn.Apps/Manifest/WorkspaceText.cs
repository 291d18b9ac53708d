using System.Text;

namespace Cairn.Apps;

/// <summary>Reads the small text files of a workspace: UTF-8, at most 1 MB.</summary>
internal static class WorkspaceText
{
    private const int MostBytes = 1 << 20;

    /// <param name="name">The path as messages name it.</param>
    /// <param name="orElse">What mends it when the file is missing, other than to create it.</param>
    public static string Read(string file, string name, string orElse = "mend the name where it is given")
    {
        try
        {
            var info = new FileInfo(file);
            if (!info.Exists)
                throw new CairnException(ErrorKind.NotFound, "file.missing", $"{name} does not exist.",
                    $"Create {file}, or {orElse}.");
            if (info.Length > MostBytes)
                throw new CairnException(ErrorKind.TooLarge, "file.too-large", $"{name} is larger than 1 MB.",
                    $"Make {file} smaller; documents belong into a source.");
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(file))
                .TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new CairnException(ErrorKind.Input, "file.encoding", $"{name} is not UTF-8.", $"Save {file} as UTF-8.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CairnException(ErrorKind.Environment, "file.unreadable", $"{name} cannot be read: {e.Message}",
                $"Check the rights of {file}.", e);
        }
    }
}
