using System.Text.Json;

namespace Cairn.Models;

/// <summary>
/// What one pass over a body's outermost fields says: enough to route, reserve and splice; everything else stays bytes. The pass also
/// proves that the body is whole JSON. A field that decides anything must not be there twice: which one counts differs from parser to
/// parser.
/// </summary>
internal sealed class RequestHead
{
    private const int DeepestBody = 256;
    private const long MostOutput = 10_000_000;
    private const int MostChoices = 128;

    [Flags]
    private enum Seen
    {
        None = 0,
        Model = 1,
        Stream = 2,
        StreamOptions = 4,
        MaxTokens = 8,
        MaxCompletionTokens = 16,
        MaxOutputTokens = 32,
        Choices = 64,
    }

    private enum Reference
    {
        None,
        Address,
        Identifier,
    }

    public string Model { get; private set; } = "";

    /// <summary>Where the model's JSON text lies in the body, quotes included.</summary>
    public Range ModelAt { get; private set; }

    /// <summary>Right behind the opening brace.</summary>
    public int Inside { get; private set; }

    public bool IsEmpty { get; private set; } = true;

    public bool Stream { get; private set; }

    /// <summary>The caller asked for a usage chunk.</summary>
    public bool WantsUsage { get; private set; }

    /// <summary>Right behind the opening brace of <c>stream_options</c>; -1 when it is not there or null.</summary>
    public int InsideStreamOptions { get; private set; } = -1;

    public bool StreamOptionsEmpty { get; private set; } = true;

    /// <summary>
    /// The value of <c>stream_options</c> when it is <c>null</c>, else of <c>include_usage</c> when it is not <c>true</c>.
    /// </summary>
    public Range? UsageSwitch { get; private set; }

    public bool StreamOptionsNull { get; private set; }

    public long? MaxOutput { get; private set; }

    /// <summary>How many replies are asked for (<c>n</c>).</summary>
    public int Choices { get; private set; } = 1;

    public bool Tools { get; private set; }

    public bool JsonSchema { get; private set; }

    /// <summary>
    /// The body refers to what the provider fetches or keeps (an address of an image, a file, an earlier reply): its tokens are not in the
    /// body.
    /// </summary>
    public bool Refers { get; private set; }

    /// <exception cref="CairnException"><c>request.invalid</c>, <c>request.model</c>, <c>request.duplicate</c>.</exception>
    public static RequestHead Read(ReadOnlySpan<byte> body)
    {
        var head = new RequestHead();
        try
        {
            head.ReadFields(body);
        }
        catch (JsonException e)
        {
            throw new CairnException(ErrorKind.Input, "request.invalid", $"The body is not JSON: {JsonSyntax.Mistake(body, DeepestBody)}.",
                "Send one JSON object.", e);
        }
        return head.Model.Length > 0
            ? head
            : throw new CairnException(ErrorKind.Input, "request.model", "The body names no model.",
                "Set \"model\" to a route, PROVIDER/MODEL or app/NAME; GET /v1/models lists them.");
    }

    private void ReadFields(ReadOnlySpan<byte> body)
    {
        var start = body.StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(body[start..], new JsonReaderOptions { MaxDepth = DeepestBody });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new CairnException(ErrorKind.Input, "request.invalid", "The body is not a JSON object.", "Send one JSON object.");
        Inside = start + (int)reader.BytesConsumed;
        var seen = Seen.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            IsEmpty = false;
            var name = NameOf(ref reader);
            var reference = ReferenceOf(ref reader);
            reader.Read();
            if ((seen & name) != 0)
                throw new CairnException(ErrorKind.Input, "request.duplicate", $"The body says '{NameOf(name)}' twice.",
                    "Send every field once.");
            seen |= name;
            ReadField(name, ref reader, start);
            PassValue(reference, ref reader);
        }
        if (reader.Read())
            throw new JsonException("there is more behind the object");
    }

    private void ReadField(Seen name, ref Utf8JsonReader reader, int start)
    {
        switch (name)
        {
            case Seen.Model:
                if (reader.TokenType != JsonTokenType.String)
                    throw Wrong("model", "a text");
                Model = reader.GetString()!;
                ModelAt = (start + (int)reader.TokenStartIndex)..(start + (int)reader.BytesConsumed);
                break;
            case Seen.Stream:
                if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null))
                    throw Wrong("stream", "true or false");
                Stream = reader.TokenType == JsonTokenType.True;
                break;
            case Seen.StreamOptions:
                ReadStreamOptions(ref reader, start);
                break;
            case Seen.MaxTokens or Seen.MaxCompletionTokens or Seen.MaxOutputTokens:
                // The larger counts where both are there: what is reserved is an upper bound.
                if (Number(ref reader, NameOf(name), 0, MostOutput) is { } most)
                    MaxOutput = Math.Max(MaxOutput ?? 0, most);
                break;
            case Seen.Choices:
                Choices = (int)(Number(ref reader, "n", 1, MostChoices) ?? 1);
                break;
        }
    }

    private void ReadStreamOptions(ref Utf8JsonReader reader, int start)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            StreamOptionsNull = true;
            UsageSwitch = (start + (int)reader.TokenStartIndex)..(start + (int)reader.BytesConsumed);
            return;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Wrong("stream_options", "an object");
        InsideStreamOptions = start + (int)reader.BytesConsumed;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            StreamOptionsEmpty = false;
            var usage = reader.ValueTextEquals("include_usage"u8);
            reader.Read();
            if (usage)
            {
                WantsUsage = reader.TokenType == JsonTokenType.True;
                UsageSwitch = WantsUsage ? null : (start + (int)reader.TokenStartIndex)..(start + (int)reader.BytesConsumed);
                if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null))
                    throw Wrong("stream_options.include_usage", "true or false");
            }
            reader.Skip();
        }
    }

    /// <summary>
    /// To the end of a value, with an eye on references in it. What lies behind an address costs whatever it holds; data in the body counts
    /// itself.
    /// </summary>
    private void PassValue(Reference reference, ref Utf8JsonReader reader)
    {
        Note(reference, ref reader);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            reference = ReferenceOf(ref reader);
            reader.Read();
            Note(reference, ref reader);
        }
    }

    private void Note(Reference reference, ref Utf8JsonReader reader)
        => Refers |= reference != Reference.None && reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty
            && (reference == Reference.Identifier || !reader.ValueSpan.StartsWith("data:"u8));

    private static Reference ReferenceOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("url"u8) || reader.ValueTextEquals("image_url"u8) || reader.ValueTextEquals("file_url"u8))
            return Reference.Address;
        return reader.ValueTextEquals("file_id"u8) || reader.ValueTextEquals("previous_response_id"u8)
            ? Reference.Identifier
            : Reference.None;
    }

    private static long? Number(ref Utf8JsonReader reader, string name, long least, long most)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && value >= least && value <= most
            ? value
            : throw Wrong(name, FormattableString.Invariant($"a whole number from {least} to {most}"));
    }

    private Seen NameOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("model"u8))
            return Seen.Model;
        if (reader.ValueTextEquals("messages"u8))
            return Seen.None;
        if (reader.ValueTextEquals("stream"u8))
            return Seen.Stream;
        if (reader.ValueTextEquals("stream_options"u8))
            return Seen.StreamOptions;
        if (reader.ValueTextEquals("max_tokens"u8))
            return Seen.MaxTokens;
        if (reader.ValueTextEquals("max_completion_tokens"u8))
            return Seen.MaxCompletionTokens;
        if (reader.ValueTextEquals("max_output_tokens"u8))
            return Seen.MaxOutputTokens;
        if (reader.ValueTextEquals("n"u8))
            return Seen.Choices;
        Tools |= reader.ValueTextEquals("tools"u8);
        // Each protocol has its own place for a schema.
        JsonSchema |= reader.ValueTextEquals("response_format"u8) || reader.ValueTextEquals("text"u8)
            || reader.ValueTextEquals("output_config"u8) || reader.ValueTextEquals("output_format"u8);
        return Seen.None;
    }

    private static string NameOf(Seen name) => name switch
    {
        Seen.Model => "model",
        Seen.Stream => "stream",
        Seen.StreamOptions => "stream_options",
        Seen.MaxTokens => "max_tokens",
        Seen.MaxCompletionTokens => "max_completion_tokens",
        Seen.MaxOutputTokens => "max_output_tokens",
        _ => "n",
    };

    private static CairnException Wrong(string field, string expected)
        => new(ErrorKind.Input, "request.invalid", $"'{field}' in the body is not {expected}.",
            "See the protocol's own documentation of that field.");
}
