using System.Collections.Immutable;
using System.Text;

namespace Cairn.Models;

/// <summary>A response's status, the headers that adapters read, and the body's bytes.</summary>
internal sealed record RecordedResponse
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public required int Status { get; init; }

    public ImmutableSortedDictionary<string, string> Headers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The body when it is UTF-8; else <see cref="Bytes"/> holds it.</summary>
    public string? Text { get; init; }

    public byte[]? Bytes { get; init; }

    /// <summary>The connection ended before the body did.</summary>
    public bool Cut { get; init; }

    public byte[] Body() => Bytes ?? Encoding.UTF8.GetBytes(Text ?? "");

    public RecordedResponse WithBody(byte[] body)
    {
        try
        {
            return this with { Text = Strict.GetString(body), Bytes = null };
        }
        catch (DecoderFallbackException)
        {
            return this with { Text = null, Bytes = body };
        }
    }
}
