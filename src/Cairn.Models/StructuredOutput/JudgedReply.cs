using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// A reply of the caller's own protocol to a call with a schema, or of strict tools: held until it is whole and valid, then passed on as it
/// came, a stream as a stream. An invalid one is shown to
/// its model with what is wrong, a bounded number of times, within the one attempt.
/// </summary>
internal sealed class JudgedReply : IPassingReply
{
    private readonly RawCall _raw;
    private readonly HeardReply _heard;
    private readonly CallUsage? _usage;
    private readonly long _outputAtMost;

    private JudgedReply(RawCall raw, Attempt attempt, HeardReply heard, CallUsage? usage, long outputAtMost)
        => (_raw, Attempt, _heard, _usage, _outputAtMost) = (raw, attempt, heard, usage, outputAtMost);

    public Attempt Attempt { get; }

    public ReadOnlyMemory<byte>? Kept => _raw.Keeps && _heard.Body.Length > 0 ? _heard.Body : null;

    /// <exception cref="ProviderFailureException">The provider refused, or what came is no reply.</exception>
    /// <exception cref="StructuredOutputException">No try was valid.</exception>
    public static async Task<JudgedReply> OpenAsync(RawCall raw, Attempt attempt, ReplyContract contract)
    {
        var (tries, spent, told, outputAtMost) = (new List<StructuredAttempt>(), default(CallUsage), true, 0L);
        for (var asked = raw; ;)
        {
            HeardReply heard;
            WireAnswer answer;
            try
            {
                heard = await HeardReply.HearAsync(asked, attempt);
                answer = await ReadAsync(heard, asked, attempt);
            }
            catch (CairnException e) when (tries.Count > 0)
            {
                // What the tries before it cost stands, however this one failed.
                attempt.Failed(e, Spent(), outputAtMost);
                throw;
            }
            spent = Sum(spent, heard.Usage ?? default);
            told &= heard.Usage is not null;
            outputAtMost = outputAtMost > long.MaxValue - heard.OutputAtMost ? long.MaxValue : outputAtMost + heard.OutputAtMost;
            var (choice, violations) = Worst(answer, contract);
            if (violations.IsEmpty)
                return new(raw, attempt, heard, told ? spent : null, outputAtMost);
            tries.Add(new(tries.Count + 1, null, choice.Finish, violations));
            var cut = choice.Finish == ChatFinishReason.Length || choice.Finish == ChatFinishReason.ContentFilter;
            if (cut || tries.Count > StructuredUpstreams.MaxRepairs || answer.Choices.Count > 1
                || Again(asked, contract, choice, violations) is not { } body)
            {
                var failure = StructuredOutputChatClient.Failure(tries,
                    new() { InputTokenCount = spent.Input, OutputTokenCount = spent.Output });
                attempt.Failed(failure, Spent(), outputAtMost);
                throw failure;
            }
            asked = raw.With(body);
            attempt.Clock.AskAgain();
        }

        // Where a provider told nothing, what was sent is an estimate and the output is bounded by what came.
        CallUsage Spent() => told ? spent : new(Math.Max(spent.Input, raw.Call.Needs.InputTokens), 0, 0, 0, 0);
    }

    public async Task PumpAsync(IReplySink sink)
    {
        sink.Begin(new ReplyHead(_raw.Head.Stream ? ReplyHead.Events : ReplyHead.Json, _raw.Head.Stream ? null : _heard.Body.Length,
            _heard.Headers, _raw.Call.Record));
        Attempt.Succeeded(_usage, _outputAtMost);
        await sink.Body.WriteAsync(_heard.Body, _raw.CallerToken);
    }

    public ValueTask DisposeAsync()
    {
        Attempt.Abandoned(_usage, _outputAtMost);
        Attempt.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The first choice that breaks the schema, and how; the first of all where none does.</summary>
    private static (WireChoice Choice, ImmutableArray<SchemaViolation> Violations) Worst(WireAnswer answer, ReplyContract contract)
    {
        foreach (var choice in answer.Choices)
        {
            if (contract.Judge(choice) is { IsEmpty: false } violations)
                return (choice, violations);
        }
        return (answer.Choices[0], []);
    }

    private static byte[]? Again(RawCall asked, ReplyContract contract, WireChoice choice, ImmutableArray<SchemaViolation> violations)
        => violations.Any(v => v.Tool is not null)
            ? RepairTurn.Append(asked.Protocol, asked.Body.Span, choice, call => contract.Judge(call))
            : RepairTurn.Append(asked.Protocol, asked.Body.Span, choice.Text, StructuredText.Repair(violations));

    private static async Task<WireAnswer> ReadAsync(HeardReply heard, RawCall asked, Attempt attempt)
    {
        try
        {
            return await WireAnswer.ReadAsync(asked.Protocol, asked.Head.Stream, heard.Body);
        }
        catch (JsonException e)
        {
            throw RawReply.NoReply(attempt.Target, "answered with something that is not JSON", e);
        }
    }

    private static CallUsage Sum(CallUsage a, CallUsage b)
        => new(a.Input + b.Input, a.CacheRead + b.CacheRead, a.CacheWrite + b.CacheWrite, a.Output + b.Output, a.Reasoning + b.Reasoning);
}
