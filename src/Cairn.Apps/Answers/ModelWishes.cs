namespace Cairn.Apps;

/// <summary>
/// What a caller asks of the model that writes an answer; what is left out is as the app's prompt says. The floor chooses sentences, so
/// none of it changes what the floor says.
/// </summary>
public sealed record ModelWishes
{
    /// <summary>How to write. Read by the model as the caller's own words: it does not change the app's instructions.</summary>
    public string? Instructions { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? TopK { get; init; }

    public long? Seed { get; init; }

    /// <summary>In tokens; the app's own limit stays where it is lower.</summary>
    public int? MaxOutputTokens { get; init; }
}
