using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>What a passing reply is held to: the schema of its answer, those of its strict tools, or both.</summary>
/// <param name="Answer">null: the call asks for none.</param>
/// <param name="Tools">null: no tool is strict.</param>
internal sealed record ReplyContract(StructuredContract? Answer, ToolContracts? Tools)
{
    /// <returns>null where nothing binds the reply.</returns>
    /// <exception cref="JsonSchemaException">A schema cannot be used.</exception>
    public static ReplyContract? Of(RawCall raw, StructuredContracts known)
    {
        var answer = raw.Call.HasSchema && AskedSchema.Find(raw.Protocol, raw.Body) is { } schema ? known.Of(schema) : null;
        var tools = raw.Call.Needs.StrictTools ? ToolContracts.Find(raw.Protocol, raw.Body, known) : null;
        return answer is null && tools is null ? null : new(answer, tools);
    }

    /// <summary>Words may come before the calls, and nothing binds them: a stream of it goes out up to the first call.</summary>
    public bool BindsCallsAlone => Answer is null && Tools is { IsForced: false };

    public ImmutableArray<SchemaViolation> Judge(WireToolCall call) => Tools is null ? [] : [.. Tools.Judge(call.Name, call.Arguments)];

    public ImmutableArray<SchemaViolation> Judge(WireChoice choice)
    {
        return [.. choice.Calls.SelectMany(call => Judge(call)), .. Answer is null || choice.IsOther ? [] : Answer.JudgeWhole(choice.Text)];
    }
}
