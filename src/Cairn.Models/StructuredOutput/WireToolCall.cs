using System.Text;

namespace Cairn.Models;

/// <summary>A call of a tool in a reply.</summary>
internal sealed class WireToolCall
{
    private readonly StringBuilder _pieces = new();

    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>
    /// What stands where no piece came: Anthropic's streams begin with an empty object, which stays for a tool without arguments.
    /// </summary>
    public string Whole { get; set; } = "";

    /// <summary>As JSON text.</summary>
    public string Arguments => _pieces.Length > 0 ? _pieces.ToString() : Whole;

    public void Add(string? piece) => _pieces.Append(piece);
}
