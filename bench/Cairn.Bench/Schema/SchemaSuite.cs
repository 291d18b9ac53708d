using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Cairn.Models;

namespace Cairn.Bench;

/// <summary>
/// Validation of JSON Schema beside ajv, in turn. Cairn's figure is from UTF-8 text always: it has no parsed form to start from.
/// </summary>
internal sealed class SchemaSuite : ISuite
{
    public string Name => "schema";

    public async Task RunAsync(BenchOptions options)
    {
        var (rounds, milliseconds) = options.Quick ? (3, 200) : (7, 700);
        await AjvPeer.InstallAsync();
        var file = Path.Combine(Path.GetTempPath(), $"cairn-bench-schema-{Environment.ProcessId}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(SchemaCases.All));
        try
        {
            var cases = SchemaCases.All.Select(c => (c.Name, Schema: JsonSchema.Compile(c.Schema),
                Text: Encoding.UTF8.GetBytes(c.Instance)))
                .ToList();
            var cairn = cases.Select(_ => new List<double>()).ToList();
            var ajv = cases.Select(_ => new List<(double Validate, double ParseAndValidate)>()).ToList();
            for (var round = 0; round < rounds; round++)
            {
                var peer = await AjvPeer.RunAsync(file, milliseconds);
                for (var i = 0; i < cases.Count; i++)
                {
                    ajv[i].Add(peer[i]);
                    cairn[i].Add(Time(cases[i].Schema, cases[i].Text, milliseconds));
                }
            }
            for (var i = 0; i < cases.Count; i++)
                Print(cases[i].Name, cases[i].Text.Length, Median(cairn[i]), Median(ajv[i].Select(a => a.Validate)),
                    Median(ajv[i].Select(a => a.ParseAndValidate)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Print(string name, int bytes, double cairn, double validate, double parseAndValidate)
    {
        Console.Error.WriteLine(
            $"{name} ({bytes} bytes): Cairn {cairn:0} ns from text; ajv {parseAndValidate:0} ns from text, {validate:0} ns of the parsed value");
        Bar.AtLeast($"schema.{name}.ajv-from-text", parseAndValidate / cairn, "x", 1);
    }

    private static double Time(JsonSchema schema, byte[] text, int milliseconds)
    {
        for (var i = 0; i < 2_000; i++)
        {
            if (!schema.IsValid(text))
                throw new BenchException("A case of the schema suite is invalid.");
        }
        var count = 0L;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < milliseconds)
        {
            for (var i = 0; i < 50; i++)
                schema.IsValid(text);
            count += 50;
        }
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
