using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Puts enforcement of a call's schema, and of those of its strict tools, before a model, in the way that the catalogue says the model can:
/// OpenAI's protocol takes the strict subset, other providers the schema as it is, and a model of which nothing is known is told in the
/// prompt.
/// </summary>
internal sealed class StructuredUpstreams
{
    public const int MaxRepairs = 2;

    /// <summary>Tokens of what a model is told about an invalid answer, at most.</summary>
    public const int LongestRepair = 4_096;

    private readonly StructuredContracts _prompted = new(new() { Mode = StructuredMode.Prompt });
    private readonly StructuredContracts _strict = new(new() { Mode = StructuredMode.Strict });

    /// <summary>Of bodies that pass: their provider is asked as the caller asked it.</summary>
    public StructuredContracts Passing { get; } = new(new() { Mode = StructuredMode.Native });

    /// <summary>For one attempt: its tries are counted together.</summary>
    public IChatClient Chat(IUpstream upstream, ChatOptions? options, IModelCatalog? catalog)
    {
        if (options?.ResponseFormat is not ChatResponseFormatJson { Schema: not null } && !ToolContracts.Are(options))
            return upstream.Chat;
        var takesSchemas = catalog?.Find(upstream.Name)?.Abilities.HasFlag(ModelAbilities.JsonSchema) ?? false;
        var contracts = !takesSchemas ? _prompted : upstream.Speaks(WireProtocol.OpenAiChat) ? _strict : Passing;
        var repairs = new Repairs(MaxRepairs);
        return new StructuredOutputChatClient(new StrictToolsChatClient(upstream.Chat, Passing, repairs), contracts, repairs);
    }
}
