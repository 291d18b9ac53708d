using System.Collections.Immutable;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Cairn.Knowledge;

/// <summary>Word files (WordprocessingML), read part by part without a tree of the whole document.</summary>
internal sealed class DocxParser : IFormatParser
{
    public ParsedDocument Parse(ReadOnlyMemory<byte> bytes, string path, CancellationToken cancellationToken)
    {
        Check(bytes.Span);
        MemoryMarshal.TryGetArray(bytes, out var segment);
        using var stream = new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
        try
        {
            using var package = new DocxPackage(stream);
            return Read(package, cancellationToken);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw Unreadable.Broken("Word", "its parts are not valid.", e);
        }
    }

    private static ParsedDocument Read(DocxPackage package, CancellationToken cancellationToken)
    {
        var walk = new DocxWalk(DocxStyles.Read(package.Part("word/styles.xml")), DocxNumbering.Read(package.Part("word/numbering.xml")));
        foreach (var element in DocxXml.Elements(package.Part("word/document.xml")!, "p", "tbl"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            walk.Take(element);
        }
        foreach (var part in (string[])["footnote", "endnote"])
        {
            if (package.Part($"word/{part}s.xml") is { } notes)
                walk.TakeNotes(DocxXml.Elements(notes, part));
        }
        var properties = Properties(package);
        return walk.Finish(properties.GetValueOrDefault("title")) with { Metadata = properties };
    }

    private static void Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            throw Unreadable.Empty();
        if (bytes.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
            throw bytes.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
                ? Unreadable.Encrypted("Word")
                : Unreadable.Mismatch("Word (docx)", "a document of the old binary kind (doc)");
        if (bytes.StartsWith<byte>([0x50, 0x4B]))
            return;
        throw Unreadable.Mismatch("Word", FileSignature.IsHtml(bytes) ? "a web page" : FileSignature.Of(bytes) ?? "something else");
    }

    private static ImmutableDictionary<string, string> Properties(DocxPackage package)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string>();
        if (package.Part("docProps/core.xml") is not { } part)
            return properties.ToImmutable();
        foreach (var element in DocxXml.Elements(part, "title", "creator", "subject", "modified", "created", "description", "keywords"))
        {
            if (ReadingText.Of(element.Value) is { Length: > 0 } value)
                properties[element.Name.LocalName] = value;
        }
        return properties.ToImmutable();
    }
}
