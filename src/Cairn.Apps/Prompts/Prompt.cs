using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.AI;

namespace Cairn.Apps;

/// <summary>A read <c>*.prompt.md</c>: messages with <c>{{name}}</c> for the variables that its front matter declares.</summary>
internal sealed record Prompt
{
    /// <summary>A route or <c>provider/model</c>; null: the app's.</summary>
    public string? Model { get; init; }

    public ImmutableArray<string> Variables { get; init; } = [];

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? MaxOutputTokens { get; init; }

    public ImmutableArray<string> StopSequences { get; init; } = [];

    public ImmutableArray<PromptPart> Parts { get; init; } = [];

    /// <param name="name">The path as messages name it.</param>
    /// <exception cref="ManifestException">Every mistake in the file.</exception>
    public static Prompt Parse(string text, string name) => new PromptReader(name).Read(text);

    /// <summary>The exact messages. Values are put in as they are: what stands in them is never read as template.</summary>
    public List<ChatMessage> Render(IReadOnlyDictionary<string, string> values, IEnumerable<ConversationTurn> history)
    {
        var messages = new List<ChatMessage>();
        var (role, text) = (ChatRole.User, new StringBuilder());
        foreach (var part in Parts)
        {
            switch (part)
            {
                case PromptText piece:
                    text.Append(piece.Text);
                    break;
                case PromptVariable variable:
                    text.Append(values[variable.Name]);
                    break;
                case PromptRole next:
                    Close();
                    role = next.Role;
                    break;
                case PromptHistory:
                    Close();
                    messages.AddRange(history.Select(t => new ChatMessage(t.Role == "assistant" ? ChatRole.Assistant : ChatRole.User,
                        t.Text)));
                    break;
            }
        }
        Close();
        return messages;

        void Close()
        {
            if (text.ToString().Trim() is { Length: > 0 } content)
                messages.Add(new ChatMessage(role, content));
            text.Clear();
        }
    }

    public ChatOptions Options() => new()
    {
        Temperature = Temperature,
        TopP = TopP,
        MaxOutputTokens = MaxOutputTokens,
        StopSequences = StopSequences.IsEmpty ? null : [.. StopSequences],
    };
}
