namespace Cairn.Models;

/// <summary>A call of a tool that a scripted turn makes.</summary>
/// <param name="Arguments">JSON text; one that is none is sent as it is, as models do that the token limit cuts off.</param>
/// <param name="Id">null: one is made.</param>
public sealed record ScriptCall(string Name, string Arguments, string? Id = null);
