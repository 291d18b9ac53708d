using System.Globalization;
using System.Text.Json;

namespace Cairn.Bench;

/// <summary>ajv 8 (npm), which generates JavaScript for each schema. Formats are annotations, as in Cairn's own run.</summary>
internal static class AjvPeer
{
    private static readonly NodePeer Node = new("ajv");

    public static Task InstallAsync() => Node.InstallAsync();

    /// <summary>Nanoseconds per case, in the order given: of the parsed value, and from the text.</summary>
    public static async Task<(double Validate, double ParseAndValidate)[]> RunAsync(string cases, int milliseconds)
    {
        using var result = JsonDocument.Parse(await Node.RunAsync("node", "validate.js", cases,
            milliseconds.ToString(CultureInfo.InvariantCulture)));
        return [.. result.RootElement.EnumerateArray()
            .Select(r => (r.GetProperty("validate").GetDouble(), r.GetProperty("parseAndValidate").GetDouble()))];
    }
}
