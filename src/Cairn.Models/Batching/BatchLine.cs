using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Runtime.InteropServices;

namespace Cairn.Models;

/// <summary>One call of a batch's file: <c>{"custom_id": …, "method": "POST", "url": …, "body": {…}}</c>.</summary>
/// <param name="Number">From 1.</param>
internal sealed record BatchLine(long Number, string CustomId, string Url, byte[] Body)
{
    private const int MostLines = 50_000;
    private const int LongestName = 512;

    /// <exception cref="CairnException"><c>batch.line</c>.</exception>
    public static async IAsyncEnumerable<BatchLine> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        var names = new HashSet<string>(StringComparer.Ordinal);
        long number = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } text)
        {
            number++;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var line = Parse(number, text);
            if (!names.Add(line.CustomId))
                throw Wrong(number, $"has the custom_id '{line.CustomId}' of a line before it");
            if (names.Count > MostLines)
                throw Wrong(number, $"is beyond the {MostLines} calls that a batch may have");
            yield return line;
        }
    }

    private static BatchLine Parse(long number, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw Wrong(number, "is no JSON object");
            var name = Text(root, number, "custom_id");
            if (name.Length > LongestName)
                throw Wrong(number, $"has a custom_id of more than {LongestName} characters");
            if (Text(root, number, "method") != "POST")
                throw Wrong(number, "has a method other than POST");
            if (!root.TryGetProperty("body", out var body) || body.ValueKind != JsonValueKind.Object)
                throw Wrong(number, "has no object 'body'");
            if (body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True)
                throw Wrong(number, "asks for a stream, which nobody could read");
            return new(number, name, Text(root, number, "url"), JsonMarshal.GetRawUtf8Value(body).ToArray());
        }
        catch (JsonException)
        {
            // Its own lines are not counted: it is one of the file's.
            var mistake = JsonSyntax.Mistake(Encoding.UTF8.GetBytes(text))?.Replace("line 1, ", "", StringComparison.Ordinal);
            throw Wrong(number, $"is not JSON: {mistake}");
        }
    }

    private static string Text(JsonElement line, long number, string name)
        => line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw Wrong(number, $"has no text '{name}'");

    public static CairnException Wrong(long number, string what)
        => new(ErrorKind.Input, "batch.line", $"Line {number} of the batch's file {what}.",
            """Write one call a line: {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": {…}}.""");
}
