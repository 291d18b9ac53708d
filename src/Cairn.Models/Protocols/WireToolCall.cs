using System.Text;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>A call of a tool in a reply.</summary>
/// <param name="number">Where the protocol says it stands; null: it does not.</param>
internal sealed class WireToolCall(long? number)
{
    private readonly StringBuilder _pieces = new();

    public long? Number => number;

    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>
    /// What stands where no piece came: Anthropic's streams begin with an empty object, which stays for a tool without arguments.
    /// </summary>
    public string Whole { get; set; } = "";

    /// <summary>As JSON text; of a call that says none, those of a tool without members.</summary>
    public string Arguments
        => (_pieces.Length > 0 ? _pieces.ToString() : Whole) is var text && string.IsNullOrWhiteSpace(text) ? "{}" : text;

    /// <summary>A <c>tool_use</c> block of Anthropic's, as it begins.</summary>
    public static WireToolCall Of(JsonElement block, long number) => new(number)
    {
        Id = block.Text("id") ?? "",
        Name = block.Text("name") ?? "",
        Whole = block.Child("input")?.GetRawText() ?? "",
    };

    public void Add(string? piece) => _pieces.Append(piece);
}
