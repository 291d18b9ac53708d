using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>Exchanges as JSON lines, in the order they were made.</summary>
internal sealed class RecordingFile(string path)
{
    // One for all: the models of a provider write one file, each by an object of its own.
    private static readonly Lock Writing = new();

    public string Path { get; } = path;

    /// <exception cref="CairnException">No such file, or a line that is no exchange (named by its number).</exception>
    public ImmutableArray<Exchange> Read()
    {
        if (!File.Exists(Path))
            throw new CairnException(ErrorKind.Input, "recording.missing", $"There is no recording {Path}.",
                "Make it with `record` on the real provider, or mend the path in cairn.yaml.");
        var exchanges = ImmutableArray.CreateBuilder<Exchange>();
        var number = 0;
        foreach (var line in File.ReadLines(Path, Encoding.UTF8))
        {
            number++;
            if (line.Length > 0)
                exchanges.Add(ReadLine(line, number));
        }
        return exchanges.ToImmutable();
    }

    public void Append(Exchange exchange)
    {
        var line = JsonSerializer.Serialize(exchange, RecordingJson.Readable.Exchange);
        lock (Writing)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            File.AppendAllText(Path, line + "\n");
        }
    }

    private Exchange ReadLine(string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, RecordingJson.Default.Exchange) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new CairnException(ErrorKind.Input, "recording.malformed", $"{Path}:{number} is no recorded exchange ({e.Message})",
                "Remove the line, or record again.", e);
        }
    }
}
