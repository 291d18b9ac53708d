using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Counts of a stream that are told again and again, each time in all: Gemini and some OpenAI-compatible servers say them with every chunk,
/// Anthropic at the start and at the end. Whoever adds up a reply's <see cref="UsageContent"/>s needs what is new alone.
/// </summary>
internal sealed class RunningUsage
{
    private CallUsage _told;

    /// <returns>null when nothing is new.</returns>
    public UsageContent? Next(UsageDetails all)
    {
        var now = CallUsage.Of(all);
        var (input, output) = (now.Input - _told.Input, now.Output - _told.Output);
        var (read, write, reasoning) = (now.CacheRead - _told.CacheRead, now.CacheWrite - _told.CacheWrite,
            now.Reasoning - _told.Reasoning);
        if (now == _told)
            return null;
        _told = now;
        return new(new()
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = input + output,
            CachedInputTokenCount = read,
            ReasoningTokenCount = reasoning,
            AdditionalCounts = write == 0 ? null : new() { [CallUsage.CacheWriteName] = write },
        });
    }
}
