using System.Text;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>One of the answers that a reply holds.</summary>
internal sealed class WireChoice
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    /// <summary>It calls tools or says that it will not answer: no schema of an answer binds that.</summary>
    public bool IsOther { get; set; }

    public WireToolCalls Calls { get; } = new();

    /// <summary>null where it was not said.</summary>
    public ChatFinishReason? Finish { get; set; }

    public void Say(string? text) => _text.Append(text);

    public void Unsay() => _text.Clear();
}
