using System.Globalization;

namespace Cairn.Knowledge;

/// <summary>The reasons why a file cannot be read, in one place so that they sound alike.</summary>
internal static class Unreadable
{
    public static UnreadableFileException Empty() => new("file.empty", "The file is empty.", "Put content into it, or remove it.");

    public static UnreadableFileException NoText() => new("file.no_text", "The file has no text in it.", "Put text into it, or remove it.");

    public static UnreadableFileException Binary(string what)
        => new("file.binary", $"The file is {what}, not text.", "Give it the ending of its real format, or leave it out.");

    public static UnreadableFileException Mismatch(string claimed, string found)
        => new("file.format_mismatch", $"The name says {claimed}, but the content is {found}.",
            "Give the file the ending of its real format.");

    /// <param name="kind">What the limit is for, for example <c>text</c>.</param>
    public static UnreadableFileException TooLarge(long bytes, long limit, string kind)
        => new(
            "file.too_large",
            string.Create(CultureInfo.InvariantCulture,
                $"The file has {Megabytes(bytes)} MB; at most {Megabytes(limit)} MB of a {kind} file are read."),
            "Split the file into smaller ones.");

    public static UnreadableFileException Broken(string format, string detail, Exception? inner = null)
        => new("file.broken", $"The {format} file is damaged: {detail}", "Open it in the program that made it and save it again.", inner);

    public static UnreadableFileException Encrypted(string format)
        => new("file.encrypted", $"The {format} file is protected by a password.", "Save a copy without the password.");

    public static UnreadableFileException OutOfTime(TimeSpan limit)
        => new(
            "file.out_of_time",
            string.Create(CultureInfo.InvariantCulture, $"Reading the file took longer than {limit.TotalSeconds:0.#} s and was stopped."),
            "Split the file or save it again in a simpler form.");

    public static UnreadableFileException OutOfMemory(long limit)
        => new(
            "file.out_of_memory",
            string.Create(CultureInfo.InvariantCulture,
                $"Reading the file needed more than {Megabytes(limit)} MB of memory and was stopped."),
            "Split the file or save it again in a simpler form.");

    public static UnreadableFileException Crashed(string detail)
        => new("file.parser_crashed", $"The parser stopped while reading the file{detail}.",
            "Save the file again in the program that made it; if that does not help, leave it out.");

    private static long Megabytes(long bytes) => (bytes + (1 << 20) - 1) >> 20;
}
