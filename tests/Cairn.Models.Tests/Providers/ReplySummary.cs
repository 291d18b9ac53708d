using System.Globalization;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>A reply on one line, so that a test can show all of it.</summary>
internal static class ReplySummary
{
    public static string Of(ChatResponse response)
    {
        var parts = response.Messages.SelectMany(m => m.Contents).Select(c => c switch
        {
            TextContent text => $"'{text.Text}'",
            TextReasoningContent thought => $"thinks '{thought.Text}'{(thought.ProtectedData is { } data ? $" sealed {data}" : "")}",
            FunctionCallContent call => $"{call.CallId} {call.Name} {WireJson.Arguments(call)}{(call.Exception is null ? "" : " broken")}",
            ErrorContent error => $"refuses '{error.Message}'",
            _ => c.GetType().Name,
        });
        var usage = response.Usage is { } u ? CallUsage.Of(u) : default;
        return string.Create(CultureInfo.InvariantCulture,
            $"{string.Join("; ", parts)}; {response.FinishReason}; {usage.Input}({usage.CacheRead},{usage.CacheWrite})+{usage.Output}({usage.Reasoning})");
    }
}
