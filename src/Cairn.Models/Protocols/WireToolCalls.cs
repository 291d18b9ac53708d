using System.Collections;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>
/// The calls of tools in an answer, in the order in which they begin, put together as their pieces come. Whoever reads a reply reads its
/// calls by this, so that what is judged is what is given.
/// </summary>
internal sealed class WireToolCalls : IReadOnlyCollection<WireToolCall>
{
    private readonly List<WireToolCall> _calls = [];

    public int Count => _calls.Count;

    /// <summary>A call begins; its number may be that of one before.</summary>
    public void Add(WireToolCall call) => _calls.Add(call);

    /// <summary>The last that began under a number.</summary>
    public WireToolCall? At(long number) => _calls.FindLast(c => c.Number == number);

    /// <summary>
    /// One of the <c>tool_calls</c> of a chat completion. Servers that leave out <c>index</c>, repeat or leave out ids and names, or send
    /// arguments as an object are understood.
    /// </summary>
    /// <param name="isWhole">It is all of its call; else one of its pieces.</param>
    public void Add(JsonElement piece, bool isWhole)
    {
        var (id, index) = (piece.Text("id"), piece.Count("index"));
        var call = isWhole ? null : Find(id, index);
        if (call is null)
            _calls.Add(call = new WireToolCall(index) { Id = id ?? "" });
        if (piece.Child("function") is not { } function)
            return;
        // The name comes once; servers that repeat it with each piece mean the same call.
        if (call.Name.Length == 0)
            call.Name = function.Text("name") ?? "";
        call.Add(function.Text("arguments") ?? function.Child("arguments")?.GetRawText());
    }

    public IEnumerator<WireToolCall> GetEnumerator() => _calls.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private WireToolCall? Find(string? id, long? index)
        => index is { } number ? At(number)
            : string.IsNullOrEmpty(id) ? _calls.LastOrDefault()
            : _calls.FindLast(c => c.Id == id);
}
