using Cairn.Models;
using Microsoft.Extensions.AI;

namespace Cairn.Apps;

/// <summary>
/// Reads a call of a chat protocol as a question to an app. What an app cannot do is refused by its name; nothing is dropped in silence.
/// </summary>
internal static class AppCall
{
    /// <summary>Who asked and for what purpose; of no effect on the answer.</summary>
    private static readonly HashSet<string> Labels = new(StringComparer.Ordinal)
    {
        CallParameters.User, CallParameters.Metadata, CallParameters.SafetyIdentifier, CallParameters.PromptCacheKey, CallParameters.Strict,
    };

    /// <exception cref="CairnException"><c>app.unsupported</c>: it asks for what an app does not do.</exception>
    public static AskRequest Read(string app, CallOrigin origin, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        Check(app, options ?? new());
        var said = messages.ToList();
        foreach (var message in said)
            Check(app, message);
        var question = said.FindLastIndex(m => m.Role == ChatRole.User);
        var instructions = string.Join("\n\n",
            said.Where(m => m.Role == ChatRole.System).Select(m => m.Text).Prepend(options?.Instructions ?? "")
                .Where(t => !string.IsNullOrWhiteSpace(t)));
        return new AskRequest
        {
            App = app,
            Question = question < 0 ? "" : said[question].Text,
            History = [.. said.Take(Math.Max(question, 0)).Where(m => m.Role != ChatRole.System)
                .Select(m => new ConversationTurn(m.Role.Value, m.Text))],
            Key = origin.Key,
            Wishes = new()
            {
                Instructions = instructions.Length == 0 ? null : instructions,
                Temperature = options?.Temperature,
                TopP = options?.TopP,
                TopK = options?.TopK,
                Seed = options?.Seed,
                MaxOutputTokens = options?.MaxOutputTokens,
            },
        };
    }

    private static void Check(string app, ChatOptions options)
    {
        if (options.StopSequences is { Count: > 0 })
            throw Unsupported(app, "stop");
        if (options.FrequencyPenalty is not null)
            throw Unsupported(app, "frequency_penalty");
        if (options.PresencePenalty is not null)
            throw Unsupported(app, "presence_penalty");
        if (options.Reasoning is not null)
            throw Unsupported(app, "reasoning_effort");
        if (options.ResponseFormat is ChatResponseFormatJson)
            throw Unsupported(app, "response_format");
        foreach (var name in options.AdditionalProperties?.Keys ?? Enumerable.Empty<string>())
        {
            if (!Labels.Contains(name))
                throw Unsupported(app, name);
        }
    }

    private static void Check(string app, ChatMessage message)
    {
        if (message.Role != ChatRole.User && message.Role != ChatRole.Assistant && message.Role != ChatRole.System)
            throw Unsupported(app, $"messages: the role {message.Role.Value}");
        // A model's thoughts of an earlier turn are not a part of what it said.
        if (message.Contents.FirstOrDefault(c => c is not (TextContent or TextReasoningContent)) is { } content)
            throw Unsupported(
                app, $"messages: content of the kind {content.GetType().Name.Replace("Content", "", StringComparison.Ordinal)}");
    }

    private static CairnException Unsupported(string app, string name)
        => new(ErrorKind.Input, "app.unsupported", $"The app {app} does not take '{name}'.",
            "Leave it out, or name a route or a model instead of the app.");
}
