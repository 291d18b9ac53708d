namespace Cairn.Apps;

/// <param name="Top">How many passages to retrieve.</param>
/// <param name="Freshness">Evidence that changed longer ago is named in a notice; null: no such limit.</param>
public sealed record AppKnowledge(string Source, int Top, TimeSpan? Freshness);
