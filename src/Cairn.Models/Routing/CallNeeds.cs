namespace Cairn.Models;

/// <summary>What a call asks of a model, as far as routes choose by it.</summary>
/// <param name="Bytes">Of the body; base64 of images included.</param>
/// <param name="MaxOutput">The output tokens that the caller asks for; null when left to the model.</param>
internal readonly record struct CallNeeds(ModelAbilities Abilities, long Bytes, long? MaxOutput)
{
    private const int BytesPerToken = 4;

    /// <summary>It names what the provider fetches or keeps, so that its bytes do not bound its tokens.</summary>
    public bool Refers { get; init; }

    /// <summary>It may hold tools whose arguments are to follow their schema.</summary>
    public bool StrictTools { get; init; }

    /// <summary>Bytes of an image say nothing of its tokens.</summary>
    public bool HasMedia => (Abilities & (ModelAbilities.Vision | ModelAbilities.Audio)) != 0;

    /// <summary>An estimate, for choosing only.</summary>
    public long InputTokens => Bytes / BytesPerToken;

    public bool IsEasy(int sureToFit) => Abilities == ModelAbilities.None && Bytes <= sureToFit && MaxOutput is null or <= 4096;

    /// <summary>
    /// Whether the call looks too long for a model. It is counted before it is sent, so this only says whom to ask first.
    /// </summary>
    public bool LooksTooLong(ModelFacts? facts)
        // Of texts to be embedded each has the window for itself.
        => !HasMedia && !Abilities.HasFlag(ModelAbilities.Embeddings) && facts?.ContextWindow is { } window
            && InputTokens + (MaxOutput ?? 0) > window;

    /// <returns>Why a model cannot take the call, for people; null when it can or nothing is known of it.</returns>
    public string? Misfit(ModelFacts? facts)
    {
        if (facts is null)
            return null;
        // A schema that a model does not take is enforced by prompt, validation and repair.
        var lacking = facts.Abilities == ModelAbilities.None
            ? ModelAbilities.None
            : Abilities & ~facts.Abilities & ~ModelAbilities.JsonSchema;
        if (lacking != ModelAbilities.None)
            return $"cannot do: {lacking.ToString().ToLowerInvariant()}";
        return facts.MaxOutput is { } most && MaxOutput > most ? FormattableString.Invariant($"writes at most {most} tokens") : null;
    }
}
