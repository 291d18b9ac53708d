namespace Cairn.Models;

/// <summary>
/// One call on its way: who makes it, what it asks for, how it went so far. An HTTP request and a call of an <c>IChatClient</c> both become
/// one.
/// </summary>
internal sealed class GatewayCall
{
    /// <summary>What is reserved for output where neither the caller nor the catalogue gives a bound.</summary>
    private const long UnboundedOutput = 32_768;

    public required CallOrigin Origin { get; init; }

    public required Route Route { get; init; }

    public required CallNeeds Needs { get; init; }

    public required bool Streams { get; init; }

    public int Choices { get; init; } = 1;

    public required CallRecord Record { get; init; }

    /// <summary>Where it is another than its record's: a chat's question is embedded for the cache.</summary>
    public string? Operation { get; init; }

    /// <summary>A timestamp of the gateway's clock.</summary>
    public required long Began { get; init; }

    /// <summary>
    /// Whether the body goes to the model as it is. A schema that the model is known not to take is enforced here instead, so that body is
    /// translated.
    /// </summary>
    /// <exception cref="ProviderFailureException"><c>provider.missing</c>.</exception>
    public bool Passes(Target target, IModelCatalog? catalog)
        => Operation is null && Record.Protocol is { } protocol && target.Open().Speaks(protocol)
            && !(HasSchema && catalog?.Find(target.Name) is { Abilities: not ModelAbilities.None } facts
                && !facts.Abilities.HasFlag(ModelAbilities.JsonSchema));

    /// <summary>A reply may have to be held to a schema. Of a body only names are known until its <see cref="Contract"/> is.</summary>
    public bool MayBeHeld => HasSchema || Needs.StrictTools;

    /// <summary>
    /// What the reply to a body is held to; null where nothing binds it, and for calls from inside, whose options say it.
    /// </summary>
    public ReplyContract? Contract { get; set; }

    /// <summary>
    /// How often an attempt may ask its model: again where an answer breaks its schema, unless words may have gone out before.
    /// </summary>
    /// <exception cref="ProviderFailureException"><c>provider.missing</c>.</exception>
    public int TriesAt(Target target, IModelCatalog? catalog)
    {
        var isHeld = Record.Protocol is null ? MayBeHeld : Contract is not null;
        var mayHaveWords = Streams && Contract is { BindsCallsAlone: true };
        return isHeld && !(mayHaveWords && Passes(target, catalog)) ? 1 + StructuredUpstreams.MaxRepairs : 1;
    }

    /// <summary>
    /// The most that one attempt at a model can use; each further try is sent the answers before it, and what was wrong with them.
    /// </summary>
    public CallUsage MostAt(Target target, ITokenCounter? tokens, IModelCatalog? catalog, int tries = 1)
    {
        var operation = Operation ?? Record.Operation;
        // No provider bills a count of tokens.
        if (operation == "count_tokens")
            return default;
        var input = tokens?.AtMost(target.Name, Needs.Bytes) ?? Needs.Bytes;
        if (Needs.Refers && catalog?.Find(target.Name)?.ContextWindow is { } window)
            input = Math.Max(input, window);
        var output = operation != "chat" ? 0 : (Needs.MaxOutput ?? catalog?.Find(target.Name)?.MaxOutput ?? UnboundedOutput) * Choices;
        return new((tries * input) + (tries * (tries - 1) / 2 * (output + StructuredUpstreams.LongestRepair)), 0, 0, tries * output, 0);
    }

    /// <summary>A schema may be in the body: its name is.</summary>
    public bool HasSchema => Needs.Abilities.HasFlag(ModelAbilities.JsonSchema);
}
